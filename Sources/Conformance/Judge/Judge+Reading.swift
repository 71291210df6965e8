import CanonicalJSON
import Replication

/// Snapshots and pulls: where the node stands, and whether it may.
extension Judge {
    /// A page of a snapshot is asked for after the `next` of the page before, and `reference` first of all.
    func asksForRows(_ exchange: Exchange) {
        let after = exchange.request["after"] ?? ""
        unnamed.remove(exchange.stream)
        if told.isEmpty, snapshots.isEmpty {
            findings.check(
                .referenceFirst,
                exchange.stream == "reference",
                "the first snapshot is of \(exchange.stream)"
            )
        }
        let epoch = exchange.request["epoch"] ?? ""
        let open = snapshots[exchange.stream].flatMap { $0.first.epoch == epoch ? $0 : nil }
        let next = open.map { $0.next ?? "" } ?? ""
        let isGuess = exchange.isGuess(of: lies)
        if after.isEmpty {
            findings.pass(.snapshotPages)
        } else if !isGuess, !isPutBack {
            findings.check(
                .snapshotPages,
                after == next || open?.next == nil,
                "\(exchange.name): the page before said \"\(next)\""
            )
        }
    }

    /// A page of a snapshot went out; the place to pull from is that of its first page, whatever came meanwhile.
    func gaveRows(_ exchange: Exchange, _ reply: JSON) {
        guard let head = reply["head"]?.integer, let mark = reply["mark"]?.string, let epoch = reply["epoch"]?.string
        else { return }
        let place = Place(stream: exchange.stream, epoch: epoch, sequence: head, mark: mark)
        let isFirst = (exchange.request["after"] ?? "").isEmpty
        let first = isFirst ? place : snapshots[exchange.stream]?.first ?? place
        snapshots[exchange.stream] = Snapshot(first: first, next: reply["next"]?.string)
        if reply["next"]?.string == nil {
            shown[exchange.stream] = nil
            offered[exchange.stream] = first
        }
    }

    /// A pull names the place that the node has: it must be one that a reply gave, and it confirms all before it.
    func pulls(_ exchange: Exchange) {
        let request = exchange.request
        let place = Place(
            stream: exchange.stream,
            epoch: request["epoch"] ?? "",
            sequence: request.number("after") ?? -1,
            mark: request["mark"] ?? ""
        )
        if lies.contains(place), !told.contains(place) { return }
        findings.check(.pullPosition, told.contains(place), "\(exchange.name): nobody told this position")
        if unnamed.remove(place.stream) != nil {
            findings.fail(.helloPositions, "the position of \(place.stream) was missing, and \(exchange.name) has it")
        }
        if let snapshot = snapshots[exchange.stream], snapshot.next == nil, snapshot.first.epoch == place.epoch {
            findings.check(
                .snapshotPosition,
                place == snapshot.first || place.sequence > snapshot.first.sequence,
                "\(exchange.name): the snapshot's first page said \(snapshot.first.sequence)"
            )
            if place == snapshot.first { snapshots[exchange.stream] = nil }
        }
        if let shown = shown[exchange.stream], shown.epoch == place.epoch {
            findings.check(
                .pullPosition,
                place.sequence >= shown.sequence,
                "\(exchange.name): an earlier pull was after \(shown.sequence)"
            )
        }
        shown[exchange.stream] = place
        for erasing in erasing where erasing.place.stream == place.stream && erasing.place.epoch == place.epoch {
            if place.sequence >= erasing.place.sequence { erased[erasing.appeal] = erasing.seal }
        }
        erasing.removeAll { erased[$0.appeal] != nil }
        looksAtCatchUp(exchange, place)
        if exchange.isPoll { looksAtPoll(exchange) }
    }

    /// `since` and `until` are hints; false ones cost their sender a repair, so they had better be real.
    private func looksAtCatchUp(_ exchange: Exchange, _ place: Place) {
        guard let since = exchange.request.number("since") else { return }
        let until = exchange.request.number("until") ?? -1
        let isReal = since <= place.sequence && until >= since && until <= heads[exchange.stream] ?? 0
        findings.check(.catchUpHints, isReal, "\(exchange.name) since=\(since) until=\(until)")
    }

    /// A long poll is of the slice and names the other streams' positions, so that news in any of them ends it.
    private func looksAtPoll(_ exchange: Exchange) {
        let request = exchange.request
        let wait = request.number("wait") ?? 0
        let others = ["reference", "node"].filter { request.number($0) == nil }
        let holds = exchange.stream == "slice:" + ProbeIdentity.node && wait <= 25 && others.isEmpty
        findings.check(.longPoll, holds, "\(exchange.name) lacks \(others) or is not on the slice")
    }

    /// What the node will know from a page once it takes it: its place, erasures and departures.
    func pulled(_ exchange: Exchange, _ reply: JSON) {
        guard let to = reply["to"]?.integer, let mark = reply["mark"]?.string, let epoch = reply["epoch"]?.string else {
            return
        }
        let place = Place(stream: exchange.stream, epoch: epoch, sequence: to, mark: mark)
        offered[exchange.stream] = place
        for (stream, head) in reply["heads"]?.object?.members ?? [] { heads[stream] = head.integer ?? 0 }
        heads[exchange.stream] = reply["head"]?.integer ?? 0
        for line in exchange.replyLines {
            switch line["entry"]?.string {
            case "erase":
                if let id = line["id"]?.string { erasing.append((place, id, line["seal"]?.string ?? "")) }
            case "leave":
                guard let id = line["id"]?.string, let tenure = line["tenure"]?.integer,
                    let commit = line["commit"]?.integer
                else { continue }
                departures[id] = (tenure, commit)
            default: break
            }
        }
    }
}

extension Exchange {
    /// Whether it asks for what follows a page that was no reply: a node may guess, and drops what it guessed.
    func isGuess(of lies: Set<Judge.Place>) -> Bool {
        lies.contains { $0.stream == stream }
    }
}
