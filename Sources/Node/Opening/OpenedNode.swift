import Appeals
import Cryptography
import Desk
import Glibc
import Locks
package import Replication
import Synchronization

/// A node whose directory is open: its store, and the machine of its role.
///
/// One process has it at a time.
///
/// Unchecked: the store has one writer at a time, and the machines keep nothing between calls but the office's cache
/// of keys, which only its writing lane touches.
package final class OpenedNode: @unchecked Sendable {
    package let directory: DataDirectory
    package let configuration: NodeConfiguration
    package let store: any NodeStore
    package let office: Office?
    package let department: Department?
    /// Who is admitted, at an office.
    package let admissions: Admissions
    private let present: Locked<NodeIdentity>
    private let isClosed = Atomic(false)

    private init(
        _ directory: DataDirectory,
        _ configuration: NodeConfiguration,
        _ identity: NodeIdentity,
        _ store: any NodeStore
    ) {
        self.directory = directory
        self.configuration = configuration
        present = Locked(identity)
        self.store = store
        let signer = KeySigner(identity.key)
        let verifier = KeyVerifier()
        switch configuration.role {
        case .office:
            office = Office(
                node: configuration.id,
                store: store,
                signer: signer,
                verifier: verifier,
                draw: { RandomBytes.hex($0) }
            )
            department = nil
            let admissions = Admissions(
                AdmissionLog(
                    path: directory.admissions,
                    copy: configuration.admissionsCopy,
                    officeKey: identity.key.publicKey.fingerprint
                )
            )
            self.admissions = admissions
            office?.onErase = { try ErasureLog(directory).append($0) }
            office?.onFreeze = { try admissions.frozen($0, $1, now: $2) }
        case .department:
            department = Department(
                node: configuration.id,
                store: store,
                signer: signer,
                verifier: verifier,
                draw: { RandomBytes.hex($0) }
            )
            office = nil
            admissions = Admissions()
        }
    }

    /// Key and certificates as they are now; the certificate changes when it is renewed.
    var identity: NodeIdentity { present.withLock { $0 } }

    /// Reads them again after a renewal.
    func reloadIdentity() throws(NodeError) -> NodeIdentity {
        let read = try NodeIdentity(directory, id: configuration.id)
        present.withLock { $0 = read }
        return read
    }

    /// Opens a node that was made before; a restored one only to declare it.
    ///
    /// Refuses, in this order: a directory that others can enter, a configuration that cannot be read, a restore that
    /// was not declared, keys that do not fit, a locked or broken store, a store of another node. An office whose store
    /// was put back is opened stopped, so that its operator can look.
    package static func open(_ path: String, allowsRestored: Bool = false) throws -> OpenedNode {
        let directory = DataDirectory(path)
        try directory.check()
        let configuration = try NodeConfiguration.read(directory.configuration)
        let doing = Label(
            uk: "відкриття вузла \(configuration.id) у \(path)",
            en: "opening the node \(configuration.id) in \(path)"
        )
        try check(directory, allowsRestored: allowsRestored, doing: doing)
        let identity = try NodeIdentity(directory, id: configuration.id)
        let store = try openStore(directory, create: false, doing: doing)
        do {
            let (node, role) = try store.read { (try $0.value(Values.node), try $0.value(Values.role)) }
            guard node == configuration.id, role == configuration.role.rawValue else {
                throw NodeError(
                    .configuration,
                    doing: doing,
                    found:
                        Label(
                            uk: "база належить вузлу \(role ?? "?") \(node ?? ""), "
                                + "а налаштування кажуть \(configuration.role.rawValue) \(configuration.id)",
                            en: "the store is of \(role ?? "nobody") \(node ?? ""), "
                                + "the configuration says \(configuration.role.rawValue) \(configuration.id)"
                        ),
                    remedy: Label(
                        uk: "Виправте node.id і node.role у \(directory.configuration)",
                        en: "Correct node.id and node.role in \(directory.configuration)"
                    )
                )
            }
            let opened = OpenedNode(directory, configuration, identity, store)
            if !allowsRestored, let office = opened.office {
                try AcknowledgedMark(directory).check(office, now: Clock.now())
            }
            // A restored one first becomes an office of its own.
            if !Files.exists(directory.restored) { try opened.recoverAdmissions(backupMade: nil, now: Clock.now()) }
            return opened
        } catch {
            try store.close()
            throw error
        }
    }

    /// What must be there, and the mark of a restore that must not.
    private static func check(_ directory: DataDirectory, allowsRestored: Bool, doing: Label) throws(NodeError) {
        let path = directory.path
        if !allowsRestored, Files.exists(directory.restored) {
            throw NodeError(
                .failed,
                doing: doing,
                found: Label(
                    uk: "його відновлено з резервної копії, а відновлення не оголошено",
                    en: "it was restored from a backup, and nobody has declared so"
                ),
                remedy:
                    Label(
                        uk: "Подбайте, щоб колишній вузол більше не запустився, тоді: "
                            + "kartoteka restore --declare --data \(path)",
                        en: "Make sure that the former node never runs again, then: "
                            + "kartoteka restore --declare --data \(path)"
                    )
            )
        }
        guard Files.exists(directory.certificate) else {
            throw NodeError(
                .notInitialised,
                doing: doing,
                found: Label(uk: "у нього ще немає сертифіката", en: "it has no certificate yet"),
                remedy: Label(
                    uk: "Візьміть у Центру запрошення, тоді: kartoteka join --invitation FILE --data \(path)",
                    en: "Ask the office for an invitation, then: kartoteka join --data \(path)"
                )
            )
        }
        guard Files.exists(directory.database) else {
            throw NodeError(
                .notFound,
                doing: doing,
                found: Label(uk: "немає \(directory.database)", en: "\(directory.database) is missing"),
                remedy: Label(
                    uk: "Відновіть резервну копію: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
                    en: "Restore a backup: kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY"
                )
            )
        }
    }

    /// A new node around a new store, to be founded.
    static func make(
        _ directory: DataDirectory,
        _ configuration: NodeConfiguration,
        doing: Label
    ) throws -> OpenedNode {
        let identity = try NodeIdentity(directory, id: configuration.id)
        return OpenedNode(directory, configuration, identity, try openStore(directory, create: true, doing: doing))
    }

    /// Brings the store to what the log of admissions says; at an office.
    func recoverAdmissions(backupMade: Int64?, now: Int64) throws {
        guard let log = admissions.log else { return }
        try AdmissionRecovery(log: log, store: store).run(backupMade: backupMade, now: now)
    }

    /// Closes the store; a second time does nothing.
    package func close() {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        // Everything that was answered is durable already; what cannot be closed is let go with the process.
        try? store.close()
    }
}
