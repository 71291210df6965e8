import Accounts
package import Appeals
package import CanonicalJSON
package import Commands
import Cryptography
import Desk
import Dispatch
import Locks
import Replication
import Transport

/// What only a running node can do.
extension NodeDaemon: RunningNode {
    /// What the node says of itself: contact and open requests in numbers, its obstacle in words.
    package func status(_ language: Language) throws -> JSON {
        let status = link?.status
        return [
            "node": .string(node.configuration.id), "role": .string(node.configuration.role.rawValue),
            "obstacle": .string(obstacle.text(language)), "contact": .integer(status?.contact ?? 0),
            "problem": .string(status?.problem ?? ""),
            "settled": status?.settled.map {
                ["origin": .string($0.origin.description), "number": .integer($0.number)]
            } ?? .null,
            "isShortOfRoom": .bool(NodeDoctor.isShortOfRoom(node.directory.path)),
            "port": .integer(Int64(port)), "waiting": .integer(Int64(handler?.room.count ?? 0)),
            "connections": .integer(Int64(server?.counters.open ?? 0)),
            "lanes": .array(link?.lanes.map(\.json) ?? []), "web": webState(language),
            "keyWords": .array(KeyWords.words(of: node.identity.key.publicKey.fingerprint).map(JSON.string)),
        ]
    }

    /// What a running node sees of itself.
    func checks() throws -> [Check] {
        let now = Clock.now()
        let own = link.map { [$0.check(node.configuration.id, directory: node.directory.path, now: now)] } ?? []
        let closed = webPort.withLock { $0.hosts == nil ? $0.obstacle : nil }
        return try own + NodeDoctor.webPort(closed) + NodeDoctor.examine(node, now: now)
    }

    /// Lets the enrolment port look at once for renewals that an operator has approved.
    package func renewalApproved() throws {
        guard let door else { return }
        try upkeep.sync { try door.look(now: Clock.now()) }
    }

    /// Makes the link look at once; gives its present obstacle in words, empty if there is none.
    package func hurry(_ language: Language) -> String {
        guard let link else { return "" }
        link.hurry()
        return link.obstacle.text(language)
    }

    /// In turn with the closing of the enrolment port, which must not come between.
    package func invite(
        department: String,
        name: String?,
        administrator: String,
        minutes: Int64?
    ) throws -> Invited {
        guard let door, let handler else { preconditionFailure("an office has an enrolment port") }
        let invited = try upkeep.sync {
            let url =
                try node.configuration.enrolURL ?? "https://\(node.configuration.publicHost):\(try door.ensureOpen())"
            return try NodeSetup.invite(
                department,
                name: name,
                actor: administrator,
                minutes: minutes.map { Int(clamping: $0) },
                url: url,
                node: node,
                now: Clock.now()
            )
        }
        handler.wake(invited.changed)
        try upkeep.sync { try door.look(now: Clock.now()) }
        return Invited(token: invited.token, expires: invited.expires)
    }

    /// A command has changed who is admitted: the allow-list is read again, connections of who is not are closed.
    package func admissionChanged(_ change: AdmissionChange) {
        switch change {
        case .revoked(let name, let key):
            reload(name)
            if let key = SHA256Digest(hex: key) { server?.closeConnections(ofKey: key) }
            log.line(.notice, "revoked", "the key of \(name) was revoked", peer: name)
        case .confirmed(let name):
            reload(name)
            log.line(.notice, "admission_confirmed", "the operator confirmed \(name)", peer: name)
        }
    }

    /// Makes a backup while the node goes on; called on the lane of long commands.
    package func backup(file: String?, withKeys: Bool, _ progress: any Onlooker) throws -> JSON {
        let now = Clock.now()
        let target = try Backup.target(file, node, now: now)
        let backup = try Backup.create(node, into: target, withKeys: withKeys, now: now, progress)
        log.line(.notice, "backup", "a backup of \(backup.manifest.operations) operations was made and read back")
        return backup.json
    }
}
