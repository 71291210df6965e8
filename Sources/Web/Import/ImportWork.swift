import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// What imports do by themselves, on the lane that acts.
extension Web {
    /// Rows that are kept because they became no card; with more of them the mapping is wrong, not the rows.
    static let mostRejects = 5_000
    /// How often it is looked whether an appeal was erased that was made of a file, in milliseconds.
    static let erasureLook: Int64 = 60_000

    /// When an act that waits is due, or an import has something to do, unix milliseconds; nil if nothing waits.
    ///
    /// 0 while an import is at work: whoever asks looked at the clock before.
    package func nextWork() throws -> Int64? {
        let imports = try site.context.store.read { reading -> Int64? in
            let jobs = try ImportJob.all(reading)
            if jobs.contains(where: \.phase.isAtWork) { return 0 }
            let end = try reading.locals(.register, endedBy: .max, limit: 1).first?.until
            let look = jobs.contains { $0.marks > 0 } ? site.now + Self.erasureLook : nil
            return [end, look].compactMap(\.self).min()
        }
        return [try nextDelayed(), imports].compactMap(\.self).min()
    }

    /// One slice of the import that is at work, where nobody waits for it; true if there is more to do at once.
    ///
    /// Trouble with the store is taken down, and the next second tries again.
    package func importOn() -> Bool {
        do { return try importNext() } catch {
            site.report(error, "import")
            return false
        }
    }

    /// The same; throws a `StoreError`.
    func importNext() throws -> Bool {
        guard let job = try jobsThatLast().first(where: \.phase.isAtWork) else { return false }
        do { try importSlice(job) } catch let error as StoreError { throw error } catch {
            site.importing.forget()
            try stop(job, DeskError(error).message.label.text(job.language))
        }
        return true
    }

    /// The imports of the node, without what has had its fourteen days and files of which an appeal was erased: those are forgotten.
    private func jobsThatLast() throws -> [ImportJob] {
        let (jobs, isAnyOver) = try site.context.store.read { reading in
            let jobs = try ImportJob.all(reading)
            return try (
                jobs,
                !reading.locals(.register, endedBy: site.now, limit: 1).isEmpty
                    || jobs.contains { try !ImportFile.isWhole($0, reading) }
            )
        }
        guard isAnyOver else { return jobs }
        return try site.context.store.write { transaction in
            while true {
                let over = try transaction.locals(.register, endedBy: site.now, limit: 100)
                for record in over { try transaction.deleteLocal(.register, record.key) }
                if over.count < 100 { break }
            }
            for job in try ImportJob.all(transaction) where try !ImportFile.isWhole(job, transaction) {
                var job = job
                try ImportFile.forget(&job, rows: false, transaction)
                job.phase = .broken
                job.trouble =
                    Label(
                        uk: "звернення з цього реєстру стерто, тому файл прибрано; надішліть файл без нього",
                        en: "an appeal of this register was erased, so its file was removed; send a file without it"
                    ).text(job.language)
                try transaction.putLocal(job.record)
            }
            return try ImportJob.all(transaction)
        }
    }

    private func importSlice(_ job: ImportJob) throws {
        let began = site.now
        let slice = try site.importing.next(of: job) {
            guard let bytes = try site.context.store.read({ try ImportFile.bytes(of: job, $0) }) else {
                throw DeskError.usage("fileIncomplete", uk: "файл прийшов не весь", en: "the file has not come whole")
            }
            return bytes
        }
        guard let slice else { return try end(job) }
        var job = job
        job.columns = slice.columns
        try take(slice.piece, &job)
        site.importing.took(site.now - began, rows: slice.piece.count)
    }

    /// All rows were looked at: the file is not kept, and what could not be taken waits by itself.
    private func end(_ job: ImportJob) throws {
        site.importing.forget()
        var job = job
        (job.phase, job.total) = (job.phase == .trying ? .tried : .done, job.rows)
        try site.context.store.write { transaction in
            if job.phase == .done { try ImportFile.forget(&job, rows: false, transaction) }
            try transaction.putLocal(job.record)
        }
    }

    private func stop(_ job: ImportJob, _ trouble: String) throws {
        var job = job
        (job.resumes, job.phase, job.trouble) = (job.phase, .stopped, trouble)
        try site.context.store.write { try $0.putLocal(job.record) }
    }

    /// Gives rows to the command, keeps those that it rejects and how far the import is.
    ///
    /// Killed in between, the same rows are given once more: their cards are found by what names the row.
    private func take(_ piece: [JSON], _ job: inout ImportJob) throws {
        let isDry = job.phase == .trying
        let told = try site.runImport(piece, job, isDryRun: isDry)
        let rejects = told["rejects"]?.array ?? []
        var rows: [Int64: JSON] = [:]
        for line in piece { if let row = line["row"]?.integer { rows[row] = line["content"] ?? .null } }
        job.count(told, rows: rows.count)
        if job.counts["rejected", default: 0] > Int64(Self.mostRejects) {
            (job.resumes, job.phase) = (job.phase, .stopped)
            job.trouble = Label(
                uk: "понад \(Self.mostRejects) рядків не взято: виправте відповідність полів",
                en: "more than \(Self.mostRejects) rows were not taken: mend the mapping"
            ).text(job.language)
            site.importing.forget()
        }
        var kept = job
        let ids = isDry ? [] : try job.cards(of: rows, without: Set(rejects.compactMap { $0["row"]?.integer }))
        try site.context.store.write { transaction in
            for reject in rejects {
                let content = reject["row"]?.integer.flatMap { rows[$0] } ?? .null
                try transaction.putLocal(ImportReject(reject, content: content).record(of: kept, transaction))
            }
            try ImportFile.mark(ids, &kept, transaction)
            try transaction.putLocal(kept.record)
        }
    }
}

extension ImportJob {
    private static let counted = ["imported", "existing", "completed", "skipped", "rejected"]
    /// Lists of which people are told how long they are.
    private static let listed = ["differences", "leftOut", "unresolvedAddresses"]

    /// Adds what a command told of so many rows.
    mutating func count(_ told: JSONObject, rows: Int) {
        self.rows += rows
        for name in Self.counted { counts[name, default: 0] += told[name]?.integer ?? 0 }
        for name in Self.listed { counts[name, default: 0] += Int64(told[name]?.array?.count ?? 0) }
    }

    /// The ids of the cards that these rows are, but for those that were rejected.
    fileprivate func cards(of rows: [Int64: JSON], without rejected: Set<Int64>) throws -> [String] {
        let mapping = try ImportMapping(bytes: Array(mapping.utf8))
        guard let source = mapping.name else { return [] }
        let places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        let lookup = NameLookup(columns.filter { !$0.isEmpty }.map { ($0, $0) })
        let name = if case .one(let column) = lookup.find(mapping.key) { column } else { mapping.key }
        return rows.filter { !rejected.contains($0.key) }.sorted { $0.key < $1.key }.compactMap { _, content in
            let row: ImportRow =
                columns.isEmpty
                ? .json(content) : .csv(places: places, fields: (content.array ?? []).map { $0.string ?? "" })
            do {
                guard case .text(let key)? = try row.value(name) else { return nil }
                return CardImport.id(source: source, key: key)
            } catch { return nil }
        }
    }
}

extension WebSite {
    /// What the command tells of some rows; throws what it refuses as a whole.
    func runImport(_ piece: [JSON], _ job: ImportJob, isDryRun: Bool) throws -> JSONObject {
        guard let command = Commands.named(UseCase.importCards.name) else {
            preconditionFailure("the table has a row for importing")
        }
        let desk = Desk(context.place, .anybody)
        let roles = try desk.read { try desk.roles(of: job.user, in: node, $0) }
        guard let via = Via(job.via), UseCase.importCards.isFor(Set(roles)) else {
            throw DeskError(
                .permission,
                "roleMissing",
                uk: "хто почав цей імпорт, уже не має ролі для нього",
                en: "whoever began this import has no role for it any more"
            )
        }
        let person = SignedIn(user: job.user, role: nil, via: via)
        let call = WebCall(
            site: self,
            request: WebRequest(method: "POST", path: ""),
            parameters: [:],
            person: person,
            language: job.language
        )
        var arguments: JSONObject = [
            "file": .array(piece), "mapping": .string(job.mapping), "as": .string(job.user),
            "dry-run": .bool(isDryRun), "lang": .string(job.language.rawValue),
        ]
        if !job.author.isEmpty { arguments["author"] = .string(job.author) }
        // Under no command of its own: each row is an act, and what names the row does it once.
        return try command.attempt(call.context(Asking()), arguments).json.object ?? JSONObject()
    }
}
