import CanonicalJSON
import Replication

/// Commands on the directory of a stopped node.
extension OpenedNode {
    /// What commands need of a node that nobody serves.
    public var context: CommandContext {
        let extra: [String: (JSONObject) throws -> JSON] = [
            "doctor": { _ in
                let checks = try NodeDoctor.unserved(self) + NodeDoctor.examine(self, now: Clock.now())
                return ["checks": .array(checks.map(\.json))]
            }
        ]
        let language = configuration.language
        if let office {
            return CommandContext(
                office: office,
                store: store,
                language: language,
                now: Clock.now,
                admissions: admissions,
                extra: extra
            )
        }
        guard let department else { preconditionFailure("a node is an office or a department") }
        return CommandContext(department: department, store: store, language: language, now: Clock.now, extra: extra)
    }
}
