import Appeals
import Commands
import Desk
import Replication
import Transport

/// What stands between a node and its office: in words, and by what it is told from others.
struct LinkObstacle: Equatable {
    /// What kind of thing it is, which decides what to do about it.
    enum Cause: Equatable {
        /// The exchange got no answer.
        case exchange(ClientError.Kind)
        /// The office refuses this node, or everybody.
        case refusal(ErrorCode)
        /// Something answers that does not speak the protocol.
        case stranger
    }

    let label: Label
    let cause: Cause

    /// Whether it stays until somebody does something; a line that is down, or an office that is busy, passes.
    var needsPerson: Bool {
        switch cause {
        case .exchange(let kind): kind == .tls
        case .refusal: !isPartOfTheTalk
        case .stranger: false
        }
    }

    /// What the office answers in the course of a conversation that goes on.
    fileprivate var isPartOfTheTalk: Bool {
        guard case .refusal(let code) = cause else { return false }
        return [.epochChanged, .evidenceWanted, .snapshotNeeded, .helloNeeded, .clone].contains(code)
    }
}

extension NodeDoctor {
    /// Nothing is heard for so long although nothing failed: a line that swallows all, or a link that has lost its way (ms).
    static let linkSilence: Int64 = 600_000

    /// How the link of a running department stands.
    static func link(
        _ obstacle: LinkObstacle?,
        contact: Int64,
        since start: Int64,
        _ target: (url: String, node: String, directory: String),
        now: Int64
    ) -> Check {
        if let obstacle, !obstacle.isPartOfTheTalk {
            let (fix, exit) = remedy(obstacle.cause, target)
            let found = Label(uk: "немає обміну з Центром: ", en: "no exchange with the office: ") + obstacle.label
            return Check("link", isOK: false, found: found, fix: fix, exit: exit)
        }
        let silent = now - max(contact, start)
        guard silent < linkSilence else {
            let found = Label(
                uk: "Центр мовчить \(silent / 60_000) хв, хоча обмін не переривався",
                en: "the office has been silent for \(silent / 60_000) min, and no exchange has failed"
            )
            return Check("link", isOK: false, found: found, fix: "kartoteka sync now", exit: .unreachable)
        }
        let found =
            contact == 0
            ? Label(uk: "обмін із Центром починається", en: "the exchange with the office begins")
            : Label(uk: "Центр відповідає", en: "the office answers")
        return Check("link", isOK: true, found: found)
    }

    /// A department that nobody serves exchanges nothing.
    static func unserved(_ node: OpenedNode) -> [Check] {
        guard node.department != nil else { return [] }
        let found = Label(
            uk: "вузол не запущено: обміну з Центром немає",
            en: "the node does not run: nothing is exchanged"
        )
        let fix = "kartoteka serve --data \(node.directory.path)"
        return [Check("link", isOK: true, isWarning: true, found: found, fix: fix)]
    }

    private static func remedy(
        _ cause: LinkObstacle.Cause,
        _ target: (url: String, node: String, directory: String)
    ) -> (fix: String, exit: ExitCode) {
        let join = "kartoteka join --invitation FILE --data \(target.directory)"
        switch cause {
        case .exchange(.tls): return (join, .wrongKey)
        case .exchange(.stalled): return ("ip link set dev DEVICE mtu 1280", .unreachable)
        case .exchange, .stranger: return ("curl -kv \(target.url)", .unreachable)
        case .refusal(.revoked), .refusal(.frozen), .refusal(.notAllowed): return (join, .permission)
        case .refusal(.notApproved): return ("kartoteka node renew \(target.node) --as USER", .permission)
        case .refusal(.unconfirmed): return ("kartoteka node confirm \(target.node) --as USER", .permission)
        case .refusal(.stopped): return ("kartoteka restore --declare --data OFFICE", .unreachable)
        case .refusal: return ("kartoteka sync status", .unreachable)
        }
    }
}
