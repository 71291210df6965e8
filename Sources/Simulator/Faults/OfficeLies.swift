import Appeals
import CanonicalJSON
import Replication

/// What an office, or somebody between it and a department, may reply that is not so.
///
/// What an honest office cannot take back is not here, since nobody can promise to find it out: an erasure that was never
/// decided, a durable mark for what is in no backup, another outcome under its signature for the very operation (the
/// department keeps the signed page as evidence).
enum OfficeLie: String, CaseIterable {
    // Two histories.
    case otherDigest, otherCount, otherMark, otherEpoch, aheadOfHead
    // Withheld, added, changed.
    case withheldEntry, foreignEntry, shortSnapshot, malformedLine, unsigned, foreignSignature, changedLine
    // Positions and outcomes.
    case fallingPosition, fallingHead, outcomeOfAnother, missingOutcome, forgedLog

    /// The calls whose replies it can be told in.
    var calls: Set<ProtocolCall> {
        switch self {
        case .otherDigest, .otherCount, .otherMark, .aheadOfHead, .withheldEntry, .foreignEntry, .fallingPosition,
            .fallingHead:
            [.pull]
        case .shortSnapshot: [.snapshot]
        case .outcomeOfAnother, .missingOutcome: [.push]
        case .forgedLog: [.hello]
        case .otherEpoch: [.pull, .hello, .snapshot]
        case .malformedLine:
            [.pull, .push, .snapshot, .fetch, .probe]
        case .unsigned, .foreignSignature, .changedLine:
            [.pull, .push, .snapshot, .hello, .fetch]
        }
    }

    /// After it the reader stands where the office never was: at the next hello the office doubts itself and stops.
    var stops: Bool { self == .otherMark || self == .aheadOfHead }
}

extension City {
    /// The reply as it arrives: mostly what the office said, at times a lie, at times with what a newer office would add.
    func doctored(_ response: WireResponse, _ request: WireRequest, _ site: Site) throws -> WireResponse {
        guard response.status == 200, !site.isClone else { return response }
        if fourth.chance(faults.newer) { return try ofANewerOffice(response) ?? response }
        guard fourth.chance(faults.lyingOffice) else { return response }
        guard let call = request.call else { return response }
        let lies = OfficeLie.allCases.filter { $0.calls.contains(call) }
        guard let lie = fourth.pick(lies), !lie.stops || fourth.chance(0.15) || hasNewest && fifth.chance(0.2),
            let doctored = try doctored(response, as: lie, site)
        else { return response }
        count("office lie \(lie.rawValue)")
        note("the office lies to \(site.name): \(lie.rawValue) of \(request.path)")
        weather.liedTo.insert(site.name)
        return doctored
    }

    /// In messages unknown keys are ignored.
    private func ofANewerOffice(_ response: WireResponse) throws -> WireResponse? {
        try resigned(response) { lines, reply in
            reply["weather"] = ["rain": true]
            for place in lines.indices {
                guard var line = try JSON(parsing: lines[place], limits: Limits.aggregate).object,
                    line["outcome"] == nil
                else { continue }
                line["weather"] = 1
                lines[place] = JSON.object(line).canonicalBytes()
            }
            count("fields of a newer office")
            return true
        }
    }

    /// Signs a reply anew after a change; nil if `change` had nothing to change.
    private func resigned(
        _ response: WireResponse,
        by node: String = "office",
        _ change: (inout [[UInt8]], inout JSONObject) throws -> Bool
    ) throws -> WireResponse? {
        try response.resigned(of: TwinSigner("office").publicKey, TwinVerifier(), by: TwinSigner(node), change)
    }

    /// The honest reply made untrue; nil where the lie has no place in it.
    private func doctored(_ response: WireResponse, as lie: OfficeLie, _ site: Site) throws -> WireResponse? {
        switch lie {
        case .unsigned:
            let lines = Lines.split(response.body).dropLast()
            return WireResponse(status: 200, body: lines.flatMap { Array($0) + [10] })
        case .foreignSignature: return try resigned(response, by: site.name) { _, _ in true }
        case .changedLine:
            var body = response.body
            guard let place = fourth.pick(Array(body.indices)) else { return nil }
            body[place] = body[place] == 48 ? 49 : 48
            return body == response.body ? nil : WireResponse(status: 200, body: body)
        case .foreignEntry:
            guard let line = try foreignEntry(site) else { return nil }
            return try resigned(response) { lines, _ in
                lines.append(line)
                return true
            }
        default: return try resigned(response) { try change(&$0, &$1, as: lie) }
        }
    }

    /// False if the reply has nothing of the kind.
    private func change(_ lines: inout [[UInt8]], _ reply: inout JSONObject, as lie: OfficeLie) throws -> Bool {
        func integer(_ name: String) -> Int64 { reply[name]?.integer ?? 0 }
        switch lie {
        case .otherDigest:
            guard reply["digest"] != nil else { return false }
            reply["digest"] = .string(fourth.hex(32))
        case .otherCount:
            guard reply["rows"] != nil else { return false }
            reply["rows"] = .integer(integer("rows") + 1)
        case .otherMark:
            guard integer("to") > 0 else { return false }
            reply["mark"] = .string(fourth.hex(8))
        case .otherEpoch: reply["epoch"] = .string(fourth.hex(16))
        case .aheadOfHead:
            reply["to"] = .integer(integer("to") + 9)
            reply["head"] = .integer(integer("head") + 9)
            reply["mark"] = .string(fourth.hex(8))
        case .fallingPosition:
            guard integer("from") > 0 else { return false }
            reply["to"] = .integer(integer("from") - 1)
        case .fallingHead:
            guard integer("head") > 0 else { return false }
            reply["head"] = .integer(integer("head") - 1)
        case .withheldEntry, .shortSnapshot, .missingOutcome:
            guard !lines.isEmpty else { return false }
            lines.remove(at: fourth.below(lines.count))
        case .malformedLine:
            guard !lines.isEmpty else { return false }
            lines[fourth.below(lines.count)] = Array("{}".utf8)
        case .outcomeOfAnother:
            guard !lines.isEmpty else { return false }
            let place = fourth.below(lines.count)
            guard var line = try JSON(parsing: lines[place], limits: Limits.aggregate).object, line["outcome"] != nil
            else { return false }
            line["id"] = .string(fourth.hex(32))
            lines[place] = JSON.object(line).canonicalBytes()
        case .forgedLog:
            guard var log = reply["log"]?.object, log["state"]?.string == LogState.known.rawValue else { return false }
            let states: [LogState] = [.fork, .behind, .tokenStale, .closed]
            log["state"] = .string((fourth.pick(states) ?? .fork).rawValue)
            reply["log"] = .object(log)
        case .unsigned, .foreignSignature, .changedLine, .foreignEntry: return false
        }
        return true
    }

    /// An appeal that the department has no ground to hold.
    private func foreignEntry(_ site: Site) throws -> [UInt8]? {
        let rows = try officeStore.read { try $0.rows(Space.appeals, generation: 0, after: "", limit: .max) }
        let foreign = try rows.filter { try Holding(site.name, $0.aggregate(), today: Today.date(now)) == nil }
        guard let row = fourth.pick(foreign) else { return nil }
        let line: JSON = [
            "commit": .integer(row.commit), "entry": "enter", "row": try row.aggregate().json,
            "seal": .string(fourth.hex(16)), "sequence": 1, "tenure": 1,
        ]
        return line.canonicalBytes()
    }
}
