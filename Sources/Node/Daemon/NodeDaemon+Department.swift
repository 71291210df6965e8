import Appeals
import Cryptography
import Desk
import Replication

/// A department's link and timers.
extension NodeDaemon {
    /// Starts a department: the link to its office, and the renewal of its certificate.
    ///
    /// Throws `notInitialised` if the node has not joined.
    func beginDepartment() throws {
        guard let department = node.department else {
            preconditionFailure("a department's configuration makes a department")
        }
        let (office, key, url) = try node.store.read {
            (try $0.value(Values.office), try $0.value(Values.officeKey), try $0.value(Values.officeURL))
        }
        guard let office, let key, let url = node.configuration.officeURL ?? url else {
            throw NodeError(
                .notInitialised,
                doing: Label(
                    uk: "запуск підрозділу \(department.node)",
                    en: "starting the department \(department.node)"
                ),
                found: Label(uk: "він не знає свого Центру", en: "it does not know its office"),
                remedy: Label(
                    uk: "Приєднайтеся за запрошенням: kartoteka join --invitation FILE --data \(node.directory.path)",
                    en: "Join with an invitation: kartoteka join --data \(node.directory.path)"
                )
            )
        }
        let link = try LinkRunner(node, department, url: url, office: office, officeKey: SHA256.hash(key), log: log) {
            [weak self] in
            self?.failed($0)
        }
        link.heard = { [webDoor] in webDoor?.wake() }
        self.link = link
        link.start()
        let enrolURL = try node.configuration.enrolURL ?? node.store.read { try $0.value(Values.enrolURL) }
        let ask = RenewalRunner.Ask(office: office, officeKey: key, syncURL: url, enrolURL: enrolURL)
        let renewal = RenewalRunner(node, ask, log: log) { try link.use($0) }
        self.renewal = renewal
        renewal.look(now: Clock.now())
        every(RenewalPlan.looks) { $0.renewal?.look(now: Clock.now()) }
    }
}
