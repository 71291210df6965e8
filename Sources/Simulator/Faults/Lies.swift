import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// What somebody with a department's key may tell the office that is not so: a grammar of lies.
enum Lie: String, CaseIterable {
    // About who it is and where it belongs.
    case forgedAuthor, forgedSignature, foreignOrigin, foreignAppeal, missingRole, backdatedAuthority, wrongBase
    // About the log.
    case brokenChain, replay, skippedNumber, repeatedNumber, wrongEpoch, unknownLog
    // About the form.
    case oversizedLine, oversizedPage, malformed, unknownField, unknownCall
    // About streams and the past.
    case foreignStream, foreignEvidence, forgedReceipt, forgedPosition, aheadOfOffice, forgedToken, forgedKey,
        inventedErasure, forgedRecovered
    // Against the office itself, without a proof or with a false one.
    case positionInAnothers, otherMark, falseAcknowledged, falseEvidence, unsealedErasure, manyIncarnations

    /// What only the newest seeds have; the others keep their draws.
    static let accusations: [Lie] = [
        .positionInAnothers, .otherMark, .falseAcknowledged, .falseEvidence, .unsealedErasure, .manyIncarnations,
    ]
    /// Those of the seeds before.
    static let first = allCases.filter { !accusations.contains($0) }

    /// The word that stands in whatever is forged: no card and no entry of reference may have it in the end.
    static let forged = "forged"

    /// What may come of it at the office.
    enum Effect {
        /// Not a byte.
        case nothing
        /// The log of the liar alone: an operation with its refusal.
        case log
        /// It is judged by the rules, and not accepted as if it were so.
        case judged
        /// An appeal that it has or had is shown to nobody until the operator decides.
        case suspends
    }

    /// What the office must make of it; anything else is a defect of the office.
    var effect: Effect {
        switch self {
        case .forgedAuthor, .foreignAppeal, .missingRole, .manyIncarnations: .log
        case .backdatedAuthority, .wrongBase, .forgedRecovered: .judged
        case .unsealedErasure: .suspends
        default: .nothing
        }
    }
}

/// What a liar knows: the end of its department's log at the office, and what it holds.
struct Liar {
    /// Whose key it has.
    let site: Site
    /// The log that is open at the office.
    let origin: Origin
    /// The end of that log: what follows it is believed as far as its form goes.
    let last: (number: Int64, id: String)
    /// Positions that an honest node could have.
    let seen: Seen
    /// The present one: a liar is no fool.
    let epoch: String
    /// Another department.
    let other: String
    /// An appeal of the department with its newest assignment, one whose every ground has ended, and one that it never had.
    var own: (appeal: String, assignment: String)?
    var ended: (appeal: String, assignment: String)?
    var foreign: (appeal: String, assignment: String)?

    /// Nil if the department has no open log at the office.
    init?(_ site: Site, _ city: City) throws {
        let others = city.sites.map(\.name).filter { $0 != site.name }
        guard let other = city.fourth.pick(others) else { return nil }
        self.site = site
        self.other = other
        var held: [(String, String)] = []
        var ended: [(String, String)] = []
        var foreign: [(String, String)] = []
        let found = try city.officeStore.read { reading -> (OriginRecord, Int64, Int64, String)? in
            guard let origin = try reading.origins(node: site.name).first(where: { $0.state == .open }) else {
                return nil
            }
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                let appeal = try row.aggregate()
                let all = appeal.entities(with: "department")
                let mine = all.filter { appeal.register("department@" + $0)?.string == site.name }
                if let last = mine.last {
                    if Holding(site.name, appeal, today: Today.date(city.now)) != nil {
                        held.append((row.key, last))
                    } else {
                        ended.append((row.key, last))
                    }
                } else if let assignment = all.last, appeal.register("home")?.string != site.name {
                    foreign.append((row.key, assignment))
                }
            }
            return (
                origin, try reading.stream(Space.slice(site.name))?.head ?? 0,
                try reading.stream(Space.reference)?.head ?? 0, try reading.value(Values.epoch) ?? ""
            )
        }
        guard let (record, slice, reference, epoch) = found else { return nil }
        origin = record.origin
        last = (record.last, record.lastID)
        seen = Seen(epoch: epoch, slice: slice, reference: reference)
        self.epoch = epoch
        own = city.fourth.pick(held)
        self.ended = city.fourth.pick(ended)
        self.foreign = city.fourth.pick(foreign)
    }
}

extension City {
    /// Somebody with a department's key tells the office one lie, beside the department that goes on honestly.
    func lie(_ site: Site) throws {
        guard var lie = fourth.pick(Lie.first), let liar = try Liar(site, self) else { return }
        if hasNewest, fifth.chance(0.4) { lie = fifth.pick(Lie.accusations) ?? lie }
        guard let request = try request(lie, of: liar) else { return }
        let before = try witness(but: site.name)
        weather.twoHands.insert(site.name)
        note("\(site.name) lies: \(lie.rawValue)")
        let wasStopped = try officeStore.read { try $0.value(Values.stopped) } != nil
        if lie == .manyIncarnations { try sayHello(anew: 12, request, liar) }
        let response = try serve(request, site)
        guard try wasStopped || officeStore.read({ try $0.value(Values.stopped) }) == nil else {
            throw Violation(invariant: "a lie stops no office", seen: "\(site.name)'s \(lie.rawValue) stopped it")
        }
        let isUnheard: [ErrorCode?] = [.revoked, .frozen, .stopped, .clone, .helloNeeded]
        if let code = response.errorCode, isUnheard.contains(code), lie != .unknownLog || code != .helloNeeded {
            return count("lie unheard")
        }
        count("lie \(lie.rawValue)")
        let after = try witness(but: site.name)
        let said = Self.said(response)
        let holds: Bool =
            switch lie.effect {
            case .nothing: before == after && isRefused(lie, response, said)
            case .log: before.rows == after.rows && before.streams == after.streams && isRefused(lie, response, said)
            case .judged: isRefused(lie, response, said)
            case .suspends: try isSuspended(liar, before: before, after: after, response)
            }
        guard holds else {
            let end = String(decoding: response.body.prefix(300), as: UTF8.self)
            throw Violation(
                invariant: "a lie has no effect",
                seen: "\(site.name)'s \(lie.rawValue) was answered \(response.status) \(end); "
                    + "\(before == after ? "nothing changed" : "it changed \(before.difference(after))")"
            )
        }
    }

    /// The answers of a page in short: statuses of outcomes, or what was said of the log.
    private static func said(_ response: WireResponse) -> [String] {
        guard response.status == 200 else { return [response.errorCode?.rawValue ?? ""] }
        return Lines.split(response.body).dropLast().map { line in
            do {
                let json = try JSON(parsing: Array(line), limits: Limits.aggregate)
                return json["outcome"]?.string ?? json["answer"]?.string ?? ""
            } catch { return "\(error)" }
        }
    }

    /// Whether the office answered this lie as it must.
    private func isRefused(_ lie: Lie, _ response: WireResponse, _ said: [String]) -> Bool {
        switch lie {
        case .forgedSignature, .oversizedLine, .malformed, .unknownField: said == ["unreadable"]
        case .foreignOrigin, .forgedReceipt: response.errorCode == .badRequest
        case .forgedAuthor, .missingRole: said == ["refused"]
        // A name that a restore may have lost waits for the operator.
        case .foreignAppeal: said == ["refused"] || said == ["held"]
        case .backdatedAuthority, .wrongBase: said.count == 1 && said != ["accepted"]
        case .brokenChain, .repeatedNumber: said == ["fork"]
        case .skippedNumber: said == ["gap"]
        case .replay: !said.isEmpty && !said.contains("fork") && !said.contains("gap")
        case .wrongEpoch: response.errorCode == .epochChanged
        case .unknownLog: response.errorCode == .helloNeeded
        case .oversizedPage: response.errorCode == .tooLarge
        case .unknownCall: response.errorCode == .unknownCall
        case .foreignStream, .foreignEvidence: response.errorCode == .foreignStream
        case .forgedPosition, .aheadOfOffice, .otherMark, .falseAcknowledged, .falseEvidence:
            response.errorCode?.rawValue == "evidenceWanted"
        case .positionInAnothers: response.errorCode == .badRequest
        case .manyIncarnations: response.errorCode == .trouble || response.status == 200
        case .forgedKey: response.errorCode == .notAllowed
        case .forgedToken, .inventedErasure: response.status == 200
        case .forgedRecovered, .unsealedErasure: true
        }
    }

    // MARK: what others can see

    /// What the office holds and shows, without the liar's own streams and log.
    struct Witness: Equatable {
        var rows: [String]
        var streams: [String]
        var log: String
        var keys: [String]

        /// Whether only this appeal is out of sight.
        func hasAllBut(_ appeal: String, _ after: Witness) -> Bool {
            keys.filter { $0 != appeal } == after.keys && log == after.log
        }

        func difference(_ other: Witness) -> String {
            (rows == other.rows ? "" : "rows ") + (streams == other.streams ? "" : "streams ")
                + (log == other.log ? "" : "the log")
        }
    }

    private func witness(but name: String) throws -> Witness {
        try officeStore.read { reading in
            let sums = try [Space.appeals, Space.reference].map { space in
                let (count, sum) = try reading.range(space, generation: 0, from: "", to: "")
                return "\(count) \(sum.hex)"
            }
            let own = [Space.slice(name), Space.node(name)]
            let streams = try reading.streams().filter { !own.contains($0.name) }
                .map { "\($0.name) \($0.epoch) \($0.head) \($0.mark) \($0.digest.hex)" }
            let log = try reading.origins(node: name).map { "\($0.origin) \($0.last) \($0.lastID) \($0.state)" }
            let keys = try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).map(\.key)
            return Witness(rows: sums, streams: streams.sorted(), log: log.joined(separator: "; "), keys: keys)
        }
    }
}
