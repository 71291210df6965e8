import Appeals
import CanonicalJSON
import Cryptography

/// Compares an own log with the office's copy: how far they agree, and the branch that continues from there.
extension Department {
    /// The last number at which the own log and the office's agree, within a page that the office sent of it.
    func common(_ page: VerifiedReply, origin: Origin) throws -> Int64? {
        try store.read { reading in
            for line in page.lines.reversed() {
                guard let json = try? JSON(parsing: Array(line), limits: Limits.aggregate),
                    let number = json["number"]?.integer,
                    let id = json["id"]?.string
                else { throw ReadProblem.malformed("a line is not an operation") }
                if try reading.operation(origin, number)?.id == id { return number }
            }
            return nil
        }
    }

    /// Starts a new branch after `common`: operations beyond it continue under a new incarnation.
    ///
    /// The office's operations beyond `after` still have to be fetched; that is recorded, since the process may end
    /// first. `token` is the one that came with `tokenStale`: it counts only together with the new incarnation.
    func branch(
        after common: Int64,
        of origin: Origin,
        refetching after: Int64,
        upTo known: Int64,
        token: String? = nil,
        now: Int64
    ) throws {
        try store.write { transaction in
            if let token { try transaction.setValue(Values.token, token) }
            try reissue(from: common + 1, of: origin, now: now, transaction)
            if after < known { try transaction.setValue(Values.refetching, (origin, after, known)) }
        }
    }

    /// Whether the office has a different operation than this node under a number of an own log.
    func isAnother(_ id: String?, in origin: Origin, at number: Int64) throws -> Bool {
        guard rules.isCompared(number) else { return false }
        return try store.read { try $0.operation(origin, number).map { $0.id != id } ?? false }
    }

    /// Whether a log that is closed at the office ends there before operations that were acknowledged here.
    ///
    /// They continue in the present log, since the office accepts nothing more in a closed one.
    func endsBeforeAcknowledged(_ origin: Origin, at known: Int64, id: String?) throws -> Bool {
        try store.read { reading in
            guard let acknowledged = try rules.acknowledged(inEndedLog: reading.origin(origin)?.acknowledged),
                acknowledged >= known
            else {
                return false
            }
            return try acknowledged > known || known > 0 && reading.operation(origin, known)?.id != id
        }
    }
}
