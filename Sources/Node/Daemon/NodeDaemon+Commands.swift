import Appeals
import CanonicalJSON
import Cryptography
import Dispatch
import Replication
import Transport

/// What only a running node can do, by the name of the command.
extension NodeDaemon {
    var extra: [String: (JSONObject) throws -> JSON] {
        var extra: [String: (JSONObject) throws -> JSON] = [:]
        extra["sync status"] = { [weak self] in try self?.status($0) ?? [:] }
        extra["backup create"] = { [weak self] arguments in try self?.backup(arguments) ?? [:] }
        extra["doctor"] = { [weak self] _ in
            guard let self else { return [:] }
            let now = Clock.now()
            let own = link.map { [$0.check(node.configuration.id, directory: node.directory.path, now: now)] } ?? []
            return ["checks": .array(try (own + NodeDoctor.examine(node, now: now)).map(\.json))]
        }
        if node.office != nil {
            extra["invite"] = { [weak self] arguments in try self?.invite(arguments) ?? [:] }
            extra["node renew"] = { [weak self] _ in
                guard let self, let door else { return [:] }
                try upkeep.sync { try door.look(now: Clock.now()) }
                return [:]
            }
            extra["admission"] = { [weak self] change in self?.admissionChanged(change) ?? [:] }
        } else {
            extra["sync now"] = { [weak self] arguments in
                guard let self, let link else { return [:] }
                link.hurry()
                return ["problem": .string(link.obstacle.text(language(arguments)))]
            }
        }
        return extra
    }

    private func language(_ arguments: JSONObject) -> Language {
        arguments["lang"]?.string.flatMap(Language.init) ?? node.configuration.language
    }

    private func status(_ arguments: JSONObject) throws -> JSON {
        let status = link?.status
        return [
            "node": .string(node.configuration.id), "role": .string(node.configuration.role.rawValue),
            "obstacle": .string(obstacle.text(language(arguments))), "contact": .integer(status?.contact ?? 0),
            "problem": .string(status?.problem ?? ""),
            "port": .integer(Int64(port)), "waiting": .integer(Int64(handler?.room.count ?? 0)),
            "connections": .integer(Int64(server?.counters.open ?? 0)),
        ]
    }

    /// In turn with the closing of the enrolment port, which must not come between.
    private func invite(_ arguments: JSONObject) throws -> JSON {
        guard let door, let handler else { preconditionFailure("an office has an enrolment port") }
        let invited = try upkeep.sync {
            let url =
                try node.configuration.enrolURL ?? "https://\(node.configuration.publicHost):\(try door.ensureOpen())"
            return try NodeSetup.invite(
                arguments["department"]?.string ?? "",
                name: arguments["name"]?.string,
                actor: Self.user(arguments),
                minutes: Self.minutes(arguments),
                url: url,
                node: node,
                now: Clock.now()
            )
        }
        handler.wake(invited.changed)
        try upkeep.sync { try door.look(now: Clock.now()) }
        return ["token": .string(invited.token), "expires": .integer(invited.expires)]
    }

    /// A command has changed who is admitted: the allow-list is read again, connections of who is not are closed.
    private func admissionChanged(_ change: JSONObject) -> JSON {
        let name = change["node"]?.string ?? ""
        reload(name)
        if change["change"]?.string == "revoked" {
            if let key = change["key"]?.string.flatMap({ SHA256Digest(hex: $0) }) {
                server?.closeConnections(ofKey: key)
            }
            log.line(.notice, "revoked", "the key of \(name) was revoked", peer: name)
        } else {
            log.line(.notice, "admission_confirmed", "the operator confirmed \(name)", peer: name)
        }
        return [:]
    }

    private func backup(_ arguments: JSONObject) throws -> JSON {
        let now = Clock.now()
        let target = try Backup.target(arguments["file"]?.string, node, now: now)
        let backup = try Backup.create(node, into: target, withKeys: arguments["with-keys"]?.bool ?? false, now: now)
        log.line(.notice, "backup", "a backup of \(backup.manifest.operations) operations was made and read back")
        return backup.json
    }

    /// `USER` of `USER[:ROLE]`: whoever invites acts as an administrator.
    private static func user(_ arguments: JSONObject) -> String {
        let actor = arguments["as"]?.string ?? ""
        return actor.split(separator: ":").first.map { String($0) } ?? ""
    }

    private static func minutes(_ arguments: JSONObject) -> Int? {
        if let minutes = arguments["minutes"]?.integer { return Int(clamping: minutes) }
        return arguments["hours"]?.integer.map { Int(clamping: $0.multipliedReportingOverflow(by: 60).partialValue) }
    }
}
