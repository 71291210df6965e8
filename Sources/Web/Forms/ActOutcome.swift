import Appeals
import CanonicalJSON
import Commands
import Desk

/// What came of an act that a form asked for.
enum ActOutcome {
    /// Done: how, and what the command tells.
    case done(How, JSONObject)
    /// Nothing was done, for these reasons.
    case refused([DeskError])

    /// How an act stands once it is done; its raw value travels in the address of the page that tells it.
    enum How: String, Sendable, CaseIterable {
        /// A department's: durable in its log, not with the office yet.
        case saved
        /// The office's own, in force.
        case accepted
        /// It waits for a decision.
        case held
    }

    /// Of what the body of a row gave.
    init(_ result: CommandResult) {
        let members = result.json.object ?? JSONObject()
        self = Self.told(members) ?? .done(.accepted, members)
    }

    /// Of why it gave nothing; a repetition is told what became of the first.
    init(_ error: DeskError) {
        let isRepeated = error.code == "repeated"
        self = isRepeated ? Self.told(error.details) ?? .refused([error]) : .refused([error])
    }

    private static func told(_ members: JSONObject) -> ActOutcome? {
        guard let outcome = members["outcome"]?.string else { return nil }
        guard let status = OutcomeStatus(rawValue: outcome) else { return .done(.saved, members) }
        switch status {
        case .accepted, .same, .acceptedLate: return .done(.accepted, members)
        case .held, .conflict: return .done(.held, members)
        case .refused, .erased:
            let reason = members["reason"]?.string.flatMap(Reason.init(rawValue:))
            guard let reason else {
                return .refused([DeskError(.failed, outcome, Sentence(Wording.outcome(status, nil, path: "")))])
            }
            return .refused([DeskError(Refusal(reason, path: members["path"]?.string ?? ""))])
        }
    }
}

extension WebCall {
    /// Runs a row as whoever is signed in, under the command of the form and on the ground of what it showed.
    func run(_ row: UseCase, _ arguments: JSONObject, _ asking: Asking) -> ActOutcome {
        guard let command = Commands.named(row.name) else { preconditionFailure("a row of the table has a body") }
        do throws(DeskError) {
            return ActOutcome(try command.attempt(context(asking), arguments))
        } catch { return ActOutcome(error) }
    }

    /// A UUID for an act that is about to be asked for.
    func newCommand() -> String { Desk.uuid(site.draw(16), version: "4") }
}
