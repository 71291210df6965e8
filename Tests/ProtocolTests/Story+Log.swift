import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What a push is answered, line by line, and what a node does whose log went apart.
extension Story {
    func answersAboutTheLog() throws {
        let epoch = try town.officeStore.read { try $0.value(Values.epoch) } ?? ""
        var water = RawNode(
            origin: Origin(node: "water", incarnation: "0a1b2c3d"),
            signer: town.signer("water"),
            epoch: epoch
        )
        let main = assignments["water"] ?? ""
        let about: JSONObject = ["assignment": .string(main)]
        let issued = try town.officeStore.read { reading in
            try reading.row(Space.appeals, generation: 0, key: second)?.aggregate()[.registers, "state@" + main]?.write
                ?? ""
        }
        try town.ask("hello-by-hand", water.hello(), peer: "water")
        let empty = water
        let accepted = try water.next(
            "assignment.accepted",
            second,
            authority: main,
            base: ["state@" + main: issued],
            about
        )
        let kept = water
        var tampered = try water.next("answer.drafted", second, authority: main, answer(main), ["text": "Воду дано."])
            .bytes
        if let place = tampered.firstIndex(of: UInt8(ascii: "t")) { tampered[place] = UInt8(ascii: "T") }
        let after = try water.next("note.added", second, authority: main, [:], ["text": "Далі"])
        try town.ask("push-unreadable", water.push([accepted.bytes, tampered, after.bytes]), peer: "water")
        try town.ask("push-duplicate", water.push([accepted.bytes]), peer: "water")
        try town.ask("push-gap", water.push([after.bytes]), peer: "water")
        let other = try empty.operation("note.added", second, authority: main, [:], ["text": "Інша перша дія"])
        try town.ask("push-fork", water.push([other.bytes]), peer: "water")
        water = kept
        try outcomes(&water, main: main, issued: issued)
    }

    private func answer(_ main: String) -> JSONObject { ["assignment": .string(main), "final": false] }

    private func outcomes(_ water: inout RawNode, main: String, issued: String) throws {
        let about: JSONObject = ["assignment": .string(main)]
        var lines: [[UInt8]] = []
        let drafts = try (1...2).map {
            try water.next("answer.drafted", second, authority: main, answer(main), ["text": .string("Редакція \($0)")])
        }
        lines += drafts.map(\.bytes)
        for draft in drafts {
            var body = about
            body["version"] = .string(draft.operation.write.description)
            lines.append(try water.next("answer.approved", second, authority: main, body).bytes)
        }
        lines.append(
            try water.next("assignment.accepted", second, authority: main, base: ["state@" + main: issued], about).bytes
        )
        var body = about
        body["version"] = .string(drafts[0].operation.write.description)
        lines.append(try water.next("answer.accepted", second, authority: main, body).bytes)
        lines.append(try water.next("visit.recorded", second, authority: main, ["visit": "control"], schema: 2).bytes)
        lines.append(try water.next("note.added", second, authority: main, ["colour": "red"], ["text": "x"]).bytes)
        lines.append(try water.next("note.added", second, user: "nobody", authority: main, [:], ["text": "x"]).bytes)
        lines.append(try water.next("note.added", second, authority: "office#00000000:1/1", [:], ["text": "x"]).bytes)
        try town.ask("push-outcomes", water.push(lines), peer: "water")
        try town.ask(
            "operations-appeal",
            WireRequest(.operations, query: [("appeal", second), ("after", "0"), ("limit", "2")]),
            peer: "water"
        )
    }

    /// The disk of roads is put back to a former state without anybody knowing, and another operation takes the number.
    func fork() throws {
        let old = roads.store.copy()
        earlier = town.officeStore.copy()
        try town.act(at: roads, "melnyk", "executor", "note.added", third, [:], ["text": "Подзвонити о десятій"])
        try town.run(roads, .exchange, [nil])
        try town.officeStore.write { transaction in
            for record in try transaction.origins(node: "roads") { assignments["forked"] = "\(record.origin)" }
        }
        roads = Site("roads", store: old, signer: town.signer("roads"), draws: Draws("roads after the fork"))
        try town.act(at: roads, "melnyk", "executor", "note.added", third, [:], ["text": "Лавку замовлено"])
        try town.run(
            roads,
            .exchange,
            ["hello-fork", "operations-look-back", "operations-adopt", "outcomes-adopt", "hello-new", "push-reissued"]
        )
        try town.run(roads, .read, [nil])
    }

    // MARK: requests that are refused

    func refusals() throws {
        let store = town.officeStore.copy()
        let office = town.office(over: store)
        let epoch = try store.read { try $0.value(Values.epoch) } ?? ""
        let forked = assignments["forked"] ?? ""
        func refuse(_ name: String, _ request: WireRequest, peer: String = "roads") throws {
            try self.refuse(name, request, peer: peer, of: office)
        }
        try refuse("badRequest", WireRequest(.pull))
        try refuse("unknownCall", WireRequest("GET", "/sync/v1/weather"))
        try refuse("foreignStream", pull("slice:water", epoch: epoch, after: "0"))
        try refuse("epochChanged", pull("reference", epoch: String(repeating: "0", count: 32), after: "0"))
        try refuse("evidenceWanted", pull("reference", epoch: epoch, after: "1000"))
        try officeBehind()
        try refuse(
            "tooLarge",
            WireRequest(
                .receipts,
                body: Array(repeating: [UInt8](Array("{}\n".utf8)), count: 501).flatMap { $0 }
            )
        )
        _ = try office.upkeep(now: town.now, keep: 0)
        try refuse("snapshotNeeded", pull("slice:roads", epoch: epoch, after: "1", mark: "0000000000000000"))
        try refuse(
            "helloNeeded",
            WireRequest(
                .push,
                query: [("epoch", epoch), ("origin", "roads#00000000"), ("chain", "")]
            )
        )
        try refuse(
            "clone",
            WireRequest(.push, query: [("epoch", epoch), ("origin", forked), ("chain", "")])
        )
        let stranger = RawNode(
            origin: Origin(node: "harbour", incarnation: "11111111"),
            signer: town.signer("water"),
            epoch: epoch
        )
        try refuse("notAllowed", stranger.hello(), peer: "harbour")
        try refusalsOfANode(office, store, epoch: epoch)
    }

    /// An office whose disk was put back without a word is shown its own signature.
    private func officeBehind() throws {
        let epoch = try earlier.read { try $0.value(Values.epoch) } ?? ""
        let node = RawNode(
            origin: Origin(node: "roads", incarnation: "1f2e3d4c"),
            signer: town.signer("roads"),
            epoch: epoch
        )
        let (head, mark, line) = try roads.store.read { reading in
            let stream = try reading.stream("slice:roads")
            return (stream?.head ?? 0, stream?.mark ?? "", try reading.value(Values.evidence("slice:roads")) ?? "")
        }
        var request = node.hello()
        var hello = try JSON(parsing: Array(request.body.dropLast())).object ?? [:]
        hello["positions"] = [
            [
                "stream": "slice:roads", "epoch": .string(epoch), "sequence": .integer(head), "mark": .string(mark),
            ]
        ]
        hello["evidence"] = [.string(line)]
        request.body = JSON.object(hello).canonicalBytes() + [10]
        try refuse("officeBehind", request, peer: "roads", of: town.office(over: earlier.copy()))
    }

    private func refuse(_ name: String, _ request: WireRequest, peer: String, of office: Office) throws {
        let response = try town.ask(nil, request, peer: peer, of: office)
        precondition(response.status != 200, "\(name) is refused")
        if request.body.count < 1_000 { return book.exchange("error-" + name, request, response) }
        let body = String(decoding: response.body, as: UTF8.self)
        book.add("error-\(name).reply", "http", "HTTP/1.1 \(response.status)\n\n" + body)
    }

    private func pull(_ stream: String, epoch: String, after: String, mark: String = "") -> WireRequest {
        WireRequest(
            .pull,
            query: [("stream", stream), ("epoch", epoch), ("after", after), ("mark", mark)]
        )
    }

    private func refusalsOfANode(_ office: Office, _ store: MemoryStore, epoch: String) throws {
        try store.write { transaction in
            guard var node = try transaction.node("water") else { preconditionFailure("water is on the allow-list") }
            node.state = .frozen
            try transaction.putNode(node)
            try transaction.setValue(Values.stopped, nil)
        }
        let water = RawNode(
            origin: Origin(node: "water", incarnation: "0a1b2c3d"),
            signer: town.signer("water"),
            epoch: epoch
        )
        try refuse("frozen", water.hello(), peer: "water", of: office)
        try store.write { try $0.setValue(Values.stopped, "an operator looks") }
        try refuse("stopped", pull("reference", epoch: epoch, after: "0"), peer: "roads", of: office)
    }

    // MARK: an office restored from a backup

    func restore() throws {
        let backup = town.officeStore.copy()
        try town.act("petrenko", "registrar", "contact.added", third, [:], ["phone": "+380671112233"])
        try town.act(at: roads, "melnyk", "executor", "note.added", third, [:], ["text": "Лавку поставлено"])
        try town.run(roads, .exchange, [nil])
        try town.endWait(roads, [nil])
        town.officeStore = backup
        town.office = town.office(over: backup)
        try town.office.declareRestore(now: town.tick())
        try town.endWait(roads, ["restore-epochChanged"])
        try town.run(roads, .exchange, ["restore-hello", "restore-hello-known"])
        try town.run(roads, .read, [nil, nil, "restore-snapshot-slice"])
        try town.run(
            roads,
            .exchange,
            ["restore-recovered", "restore-hello-current", "restore-push", "restore-hello-after"]
        )
        try town.endWaitOrRead(roads, ["restore-pull"])
    }
}
