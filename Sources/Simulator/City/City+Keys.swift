import Appeals
import Replication

/// Copies of disks that run beside their departments, and keys that are taken off the allow-list.
extension City {
    // MARK: clones

    /// A copy of a department's disk, of now or from an old backup, runs beside it with its key.
    func clone(_ site: Site) throws {
        guard !weather.clones.contains(where: { $0.name == site.name }) else { return }
        let old = fourth.chance(0.4) ? fourth.pick(site.backups) : nil
        count(old == nil ? "clone" : "clone of an old backup")
        note("a copy of \(site.name) begins to run")
        let medium = try Medium(old ?? site.medium.backup())
        let department = department(site.name, medium.store)
        let copy = Site(name: site.name, medium: medium, department: department, link: Link(department, seed: 1))
        copy.isClone = true
        weather.copied.insert(copy.name)
        weather.clones.append(copy)
        weather.twoHands.insert(site.name)
        start(copy)
        // Both at once: the original goes back to an old copy of its own.
        if fourth.chance(0.2), let backup = fourth.pick(site.backups) {
            count("clone beside a rollback")
            try rollback(site, to: backup)
        }
    }

    /// People work at the copy too; sooner or later it is found and destroyed.
    func liveOfClones() throws {
        for clone in weather.clones where fourth.chance(0.5) {
            try surviving { try departmentActs(clone) }
        }
        if fourth.chance(0.1), let clone = fourth.pick(weather.clones) { try destroyClones(of: clone.name) }
    }

    /// Which id an operation was issued again from, of all that anybody holds or held.
    func formerIDs() throws -> [String: String] {
        try ([officeStore] + sites.map(\.store)).reduce(into: weather.formerIDs) { all, store in
            try all.merge(formerIDs(on: store)) { $1 }
        }
    }

    /// Which id an operation was issued again from, of those on a disk.
    func formerIDs(on store: any Store) throws -> [String: String] {
        var former: [String: String] = [:]
        try store.read { reading in
            for origin in try nodeNames.flatMap({ try reading.origins(node: $0) }) {
                for record in try reading.operations(origin.origin, after: 0, limit: .max)
                where !record.bytes.isEmpty && !weather.damaged.contains("\(origin.origin):\(record.number)") {
                    former[record.id] = try watch.read.signed(record).operation.reissues
                }
            }
        }
        return former
    }

    /// Ends the copies of a department; nil: of all.
    func destroyClones(of name: String?) throws {
        for clone in weather.clones where name == nil || clone.name == name {
            try weather.formerIDs.merge(formerIDs(on: clone.store)) { $1 }
            stop(clone)
        }
        weather.clones.removeAll { name == nil || $0.name == name }
    }

    // MARK: the allow-list

    /// The key is off the list for a while.
    func revoke(_ site: Site) throws {
        let isRevoked = try officeStore.write { transaction in
            guard var node = try transaction.node(site.name), node.state == .active else { return false }
            node.state = .revoked
            try transaction.putNode(node)
            return true
        }
        guard isRevoked else { return }
        count("revocation")
        note("the key of \(site.name) is revoked")
        after(Int64(fourth.below(fourth.chance(0.5) ? 3_000 : 60_000))) { try $0.readmit(site, from: .revoked) }
    }

    /// A new invitation, and the stopped node joins with it: the same key keeps its place, and the process begins again.
    func readmit(_ site: Site, from state: NodeRecord.State) throws {
        let isIn = try officeStore.write { transaction in
            guard var node = try transaction.node(site.name), node.state == state else { return false }
            node.state = .active
            try transaction.putNode(node)
            return true
        }
        guard isIn else { return }
        count(state == .frozen ? "readmitted after freezing" : "readmitted")
        note("\(site.name) is let in again")
        start(site)
    }

    /// The operator destroys the copies of a frozen department and lets the original in again.
    func readmitFrozen(chance: Double) throws {
        for site in sites {
            guard try officeStore.read({ try $0.node(site.name)?.state }) == .frozen, fourth.chance(chance) else {
                continue
            }
            try destroyClones(of: site.name)
            try readmit(site, from: .frozen)
        }
    }
}
