import Appeals
import CanonicalJSON
import Cryptography
import Replication
import SimulatedDisk

/// Beginnings, ends and disasters of the city's nodes.
extension City {
    /// Who works at the office, in which role.
    static let officePeople = [
        ("boss", "administrator"), ("mayor", "leader"), ("olena", "registrar"), ("iryna", "specialist"),
    ]

    /// People with their roles at the office, then the departments, each with its own people.
    func populate(_ count: Int) throws {
        for (user, role) in Self.officePeople {
            try person(user, of: "office")
            try reference("role.granted", ["user": .string(user), "role": .string(role), "department": "office"])
        }
        if faults.alike > 0 { for street in TypedPlaces.streets { try reference("street.put", street) } }
        for place in 0..<count {
            let name =
                ["roads", "water", "parks", "homes", "light", "buses"][place % 6] + (place < 6 ? "" : "\(place / 6)")
            try reference("department.put", ["department": .string(name), "name": .string(name)])
            for (user, role) in [("head", "head"), ("clerk", "clerk")] {
                try person("\(user)-\(name)", of: name)
                try reference(
                    "role.granted",
                    ["user": .string("\(user)-\(name)"), "role": .string(role), "department": .string(name)]
                )
            }
            try officeStore.write {
                try $0.putNode(NodeRecord(node: name, key: SHA256.hash(TwinSigner(name).publicKey).hex))
            }
            let medium = try Medium(profile)
            let site = Site(
                name: name,
                medium: medium,
                department: department(name, medium.store),
                link: Link(department(name, medium.store), seed: 1)
            )
            try site.department.initialize(office: "office", officeKey: TwinSigner("office").publicKey)
            start(site)
            sites.append(site)
        }
    }

    /// Who works where; said of another department it is a move.
    func person(_ user: String, of department: String) throws {
        try reference(
            "person.put",
            ["user": .string(user), "department": .string(department)],
            personal: ["name": .string(user)]
        )
    }

    /// An act of the administrator, which must be accepted.
    func reference(_ kind: String, _ body: JSONObject, personal: JSONObject? = nil) throws {
        let outcome = try office.act(now: officeNow) { _ in
            Draft(
                kind: kind,
                appeal: nil,
                actor: Actor(user: "boss", role: "administrator"),
                body: body,
                personal: personal
            )
        }.outcome
        precondition(outcome.status == .accepted || kind == "person.put", "\(kind): \(outcome)")
    }

    /// A department's program over a store.
    func department(_ name: String, _ store: any Store) -> Department {
        Department(
            node: name,
            store: kept(store),
            signer: TwinSigner(name),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) },
            rules: rules
        )
    }

    /// A process begins on the site's disk.
    func start(_ site: Site) {
        site.life += 1
        site.asking = []
        site.isStopped = false
        site.storms = StormWatch()
        site.department = department(site.name, site.store)
        watch.listen(to: site, in: self)
        site.link = Link(site.department, seed: random.next())
        site.link.waitSeconds = 0
        site.link.idleSleep = weather.idleSleep
        let life = site.life
        for lane in Lane.allCases {
            after(Int64(random.below(50))) { city in
                guard site.life == life else { return }
                try city.step(site, .woke(lane))
            }
        }
    }

    /// One draw of disasters.
    func disasters() throws {
        for site in sites {
            if random.chance(faults.partition) {
                site.isCut.toggle()
                count("partition")
                note("\(site.name) \(site.isCut ? "cut" : "connected")")
            }
            if random.chance(faults.departmentCrash) {
                count("departmentCrash")
                note("\(site.name) crashes")
                if site.medium.canFail { site.medium.fail(.power, at: 1 + third.below(80)) } else { start(site) }
            }
            diskFaults(site.medium)
            if random.chance(faults.departmentRollback), let backup = random.pick(site.backups) {
                try rollback(site, to: backup)
            }
            if random.chance(0.05) {
                site.backups.append(site.medium.backup())
                if site.backups.count > 4 { site.backups.removeFirst() }
            }
            if random.chance(faults.corruption) { try corrupt(site) }
        }
        if random.chance(0.05) {
            backups.append(officeMedium.backup())
            if backups.count > 4 { backups.removeFirst() }
        }
        if fifth.chance(faults.verifiedBackup) { try verifyBackup() }
        if random.chance(faults.officeRestore), let backup = random.pick(backups) { try restoreOffice(from: backup) }
        if third.chance(faults.officeCrash) {
            count("officeCrash")
            officeMedium.fail(.power, at: 1 + third.below(80))
        }
        diskFaults(officeMedium)
        if random.chance(faults.compaction) {
            count("compaction")
            try surviving { try compact() }
        }
        if hasAll { try laterDisasters() }
        if sixth.chance(faults.wrongDigest) { try damageDigest() }
    }

    /// Drops entries as an operator's cron would, at any time.
    private func compact() throws {
        let keep = Int64(random.below(20))
        guard faults.absence > 0 else {
            return try runningLong("upkeep") { [officeNow] in _ = try $0.upkeep(now: officeNow, keep: keep) }
        }
        try runningLong("upkeep") { [officeNow, faults] in
            _ = try $0.upkeep(now: officeNow, keep: keep, absence: faults.absence)
        }
        try officeStore.read { reading in
            for stream in try reading.streams() {
                for reader in try reading.readers(stream: stream.name) where reader.sequence < stream.floor {
                    count("left behind")
                }
            }
        }
    }

    /// The department's disk is put back: what it did since is gone for itself, not for the office.
    func rollback(_ site: Site, to backup: Medium.Backup) throws {
        count("departmentRollback")
        note("\(site.name) is rolled back")
        let medium = try Medium(backup)
        try ledger.forget(of: site.name, was: site.store, isNow: medium.store, sent: officeStore)
        watch.history.forget(site.name)
        try weather.formerIDs.merge(formerIDs(on: site.store)) { $1 }
        site.medium = medium
        remembered.removeAll { $0.site == site.name }
        outcomesTold.rolledBack(site.name)
        site.putBacks += 1
        site.positions = Positions()
        start(site)
    }

    /// What a verified backup holds is durable: departments let go what they kept for it, so older ones are destroyed.
    private func verifyBackup() throws {
        count("verified backup")
        note("a backup of the office is verified")
        let held: [Origin: Int64] = try officeStore.read { reading in
            var held: [Origin: Int64] = [:]
            for node in nodeNames {
                for record in try reading.origins(node: node) { held[record.origin] = record.last }
            }
            return held
        }
        backups = [officeMedium.backup()]
        try surviving { try office.markDurable(held) }
    }

    /// The office's disk is put back, with a new epoch declared; judges remember what readers held.
    func restoreOffice(from backup: Medium.Backup) throws {
        count("officeRestore")
        officeRestores += 1
        note("the office is restored from a backup")
        let mark = try office.acknowledged()
        let medium = try Medium(backup)
        // What a rolled-back node had lost, and now the office too, is nowhere any more.
        for site in sites { try ledger.forgetRolledBack(of: site.name, notIn: site.store, sent: medium.store) }
        remembered = corrupted > 0 ? [] : try sites.flatMap { try Remembered.lost($0, medium.store) }
        officeMedium = medium
        outcomesTold.restored(officeRestores, sites: sites.map(\.name))
        // Erasures live in a file outside the backup set.
        for appeal in ledger.erased {
            try officeStore.write { if try !$0.isErased(appeal) { try $0.putErasure(appeal, at: now) } }
        }
        weather.inForce = try projectionStored()
        weather.countedBefore = try officeStore.read { try PurgedIsPurged.counted(by: $0, sites.map(\.name)) }
        rebuildOffice()
        if hasNewest, let mark, fifth.chance(0.3) { try findRollback(epoch: mark.epoch, commit: mark.commit) }
        try office.declareRestore(now: now + Int64(officeRestores) * 120_000)
        try office.reapplyErasures(now: now)
        try watch.begin(self)
        try beginProgram()
        if weather.schema > Kinds.schema { try judgeNewerAgain() }
        if second.chance(faults.forgery), let site = second.pick(sites) { try forge(site) }
    }

    /// A byte changes on a department's disk; the nightly pass will find it.
    private func corrupt(_ site: Site) throws {
        let stream = Space.slice(site.name)
        try site.store.write { transaction in
            guard let record = try transaction.stream(stream) else { return }
            let rows = try transaction.rows(stream, generation: record.generation, after: "", limit: 50)
            guard var row = random.pick(rows) else { return }
            var aggregate = try row.aggregate()
            guard let name = random.pick(aggregate.allNames), var item = aggregate[name] else { return }
            item.commit += 1
            aggregate[name] = item
            row.bytes = aggregate.bytes
            try transaction.putRow(stream, generation: record.generation, row)
            corrupted += 1
            remembered = []
            count("corruption")
        }
        _ = try site.department.rehash(stream: stream, after: "", limit: 10_000)
    }
}
