import Appeals
import CanonicalJSON
import Replication

/// What the author's own node said of an operation before it was saved.
struct Advice {
    let status: OutcomeStatus
    let reason: Reason?
    /// The date by the node's clock.
    let date: CivilDate
    /// No own work on the appeal was undecided then.
    let isAlone: Bool
}

/// I13: the advice of the author's node is what the office decides, when nothing came between; and what the advice refuses
/// the office would have refused.
enum I13SamePolicy: CommitChecker {
    static let name = "I13 same policy on both sides"

    static func judge(_ committed: Committed, in city: City) throws {
        // After a restore an appeal also changes by what readers bring back.
        guard city.officeRestores == 0 else { return }
        for decided in committed.operations {
            guard let advice = city.watch.advice[decided.record.id], advice.isAlone,
                try !hasCome(before: decided, city), advice.status != decided.outcome.status
            else { continue }
            // A co-executor is not shown the case about its chief's assignment, which pauses its own.
            if decided.outcome.reason == .paused { continue }
            // Nor is it shown a card that another node has begun under this id.
            if decided.outcome.reason == .appealExists { continue }
            // Nor that one which it never had was erased.
            if decided.outcome.status == .erased, decided.operation.kind == "appeal.registered" { continue }
            if try isDecided(decided.operation, city) { continue }
            // An office of an older program does not know what the author's knows.
            if decided.outcome.reason == .newer { continue }
            // What may wait thirty days was in time when it was made, or is when it comes.
            let isLate = decided.outcome.reason.isOfToday || decided.outcome.status == .acceptedLate
            if isLate, advice.date != Today.date(city.officeNow) { continue }
            throw violation(
                "\(decided.operation.write) \(decided.operation.kind) was advised as \(advice.status.rawValue) "
                    + "\(advice.reason?.rawValue ?? ""), "
                    + "decided as \(decided.outcome.status.rawValue) \(decided.outcome.reason?.rawValue ?? "")"
            )
        }
    }

    /// Whether the author could not know all that the office knew: another epoch, news of the appeal or of who may do what.
    private static func hasCome(before decided: Decided, _ city: City) throws -> Bool {
        let operation = decided.operation
        // An entry that somebody withheld was never seen, though the reader's position is behind it.
        guard let appeal = operation.appeal, !city.weather.liedTo.contains(operation.origin.node) else { return true }
        return try city.officeStore.read { reading in
            guard try reading.value(Values.epoch) == operation.seen.epoch,
                try reading.stream(Space.reference)?.head == operation.seen.reference
            else { return true }
            // Entries below the floor are gone: nobody can say what they were about.
            let stream = try reading.stream(Space.slice(operation.origin.node))
            if stream?.floor ?? 0 > operation.seen.slice { return true }
            return try reading.entries(
                Space.slice(operation.origin.node),
                key: appeal,
                after: operation.seen.slice,
                limit: .max
            ).contains { $0.commit < decided.outcome.commit }
        }
    }

    /// Whether it decides about work that was decided already: `node:` tells that, whose position no operation names.
    private static func isDecided(_ operation: Operation, _ city: City) throws -> Bool {
        guard ["held.declined", "held.adopted"].contains(operation.kind),
            let held = operation.body["held"]?.string.flatMap({ WriteName($0) })
        else { return false }
        return try city.officeStore.read { try $0.operation(held.origin, held.number)?.decision != nil }
    }

    /// Whether the advice alone refuses this: the office takes as a fact what was done, and lets an appointment stand that was
    /// made before anybody could know that it is disputed whom the complaint is about.
    private static func isForTheAuthorAlone(_ kind: String, _ reason: Reason?) -> Bool {
        switch kind {
        case "answer.drafted", "answer.dispatched": true
        case "person.assigned", "assignment.accepted": reason == .disagreementOpen || reason == .partyUnresolved
        default: false
        }
    }

    /// A refusal of the advice, tried on a copy of the office by a node that knows all that the office knows.
    static func refused(_ signed: SignedOperation, _ outcome: Outcome, by site: Site, in city: City) throws {
        let operation = signed.operation
        // A restored office holds what an intact one would refuse: it may have lost the ground itself. A node that was put
        // back, or runs twice, may have lost the stub of what had left.
        guard city.officeRestores == 0, !city.outcomesTold.wasPutBack(site.name),
            !city.weather.twoHands.contains(site.name), !city.weather.liedTo.contains(site.name),
            !isForTheAuthorAlone(operation.kind, outcome.reason),
            !outcome.reason.isOfToday || Today.date(site.clock(city.now)) == Today.date(city.officeNow),
            try isUpToDate(operation, city), try !waits(operation, city), let scratch = Scratch(city)
        else {
            return
        }
        let request = WireRequest(
            .push,
            query: [("origin", operation.origin.description), ("epoch", operation.seen.epoch), ("chain", "")],
            body: signed.bytes + [10]
        )
        let response = try scratch.ask(request, as: site.name)
        guard response.status == 200, let line = Lines.split(response.body).first,
            let given = Outcome(try JSON(parsing: Array(line)))
        else { return }
        // An office of an older program holds what it does not know.
        guard given.status == .refused || given.status == .erased || given.reason == .newer else {
            throw violation(
                "\(operation.kind) was refused by the advice (\(outcome.reason?.rawValue ?? "")), "
                    + "the office says \(given.status.rawValue)"
            )
        }
    }

    /// Whether own work on the appeal waits: to its author it is done, to the office it is not.
    private static func waits(_ operation: Operation, _ city: City) throws -> Bool {
        guard let appeal = operation.appeal else { return false }
        return try city.officeStore.read { reading in
            try reading.operations(appeal: appeal, limit: .max).contains {
                $0.origin.node == operation.origin.node && $0.status == .held && $0.decision == nil
            }
        }
    }

    private static func isUpToDate(_ operation: Operation, _ city: City) throws -> Bool {
        try city.officeStore.read { reading in
            guard try reading.value(Values.epoch) == operation.seen.epoch,
                try reading.stream(Space.reference)?.head == operation.seen.reference,
                try reading.stream(Space.slice(operation.origin.node))?.head == operation.seen.slice,
                let origin = try reading.origin(operation.origin), origin.state == .open
            else { return false }
            return origin.last == operation.number - 1 && origin.lastID == operation.previous
        }
    }
}

extension Reason? {
    /// Whether it says something of the day that a clock shows; two clocks may show two.
    fileprivate var isOfToday: Bool { self == .lateTooOld || self == .datesDisorder }
}
