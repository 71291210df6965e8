import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// The places of importing.
enum ImportPages {
    static let path = "/import"
    /// The rows that were not taken, as a file.
    static let rejected = path + "/{job}/rejected"

    static let routes: [Route] = [
        Route("GET", path) { try $0.importsPage() },
        Route("POST", path, longest: 4_096) { try $0.beginImport() },
        Route("GET", path + "/{job}") { try $0.importPage() },
        Route("GET", "/parts" + path + "/{job}", isUse: false) { try $0.importPart() },
        Route("POST", path + "/{job}/parts", longest: ImportFile.part) { try $0.takePart() },
        Route("GET", path + "/{job}/mapping") { try $0.mappingPage() },
        Route("POST", path + "/{job}/mapping", longest: FormBody.longest) { try $0.setMapping() },
        Route("POST", path + "/{job}/acts/{act}", longest: 4_096) { try $0.steerImport() },
        Route("GET", path + "/{job}/rows") { try $0.rejectsPage() },
        Route("POST", path + "/{job}/rows/{row}", longest: FormBody.longest) { try $0.mendRow() },
        Route("GET", rejected) { try $0.rejectedFile() },
    ]

    static func place(_ job: ImportJob) -> String { path + "/" + job.id }
}

extension ImportJob {
    /// Whether its file is here whole.
    var hasFile: Bool {
        switch phase {
        case .receiving, .done, .broken: false
        case .mapping, .trying, .tried, .running, .stopped: true
        }
    }
}

extension WebCall {
    /// The imports of whoever looks, and the way to begin one.
    fileprivate func importsPage() throws -> WebReply {
        guard try mayImport(ownRoles()) else { return nothingHere() }
        let jobs = try importJobs().own, title = say("Імпорт реєстрів", "Importing registers"), fresh = try asOf()
        return page(title, here: ImportPages.path) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    tag("h1") { title }
                    fresh
                }
            }
            sending
            tag("section", ["class": "sheet"]) {
                tag("header") { tag("h2") { say("Мої імпорти", "My imports") } }
                table(of: jobs, title)
            }
        }
    }

    /// A file goes up by the script of the page, which can go on where it was cut.
    private var sending: Markup {
        tag(
            "form",
            [
                "class": "sheet pad stack", "method": "post", "action": ImportPages.path,
                "data-upload": String(ImportFile.part), "data-longest": String(ImportFile.longest),
            ]
        ) {
            tag("div", ["class": "f"]) {
                tag("label", ["for": "register"]) { say("Файл CSV або JSON", "A CSV or JSON file") }
                tag("p", ["class": "hint", "id": "register-hint"]) {
                    say(
                        "До \(ImportFile.longest >> 20) МіБ. Його бачите лише ви; вузол стирає файл, щойно імпорт завершено чи прибрано, і завжди – через \(ImportJob.days) днів.",
                        "\(ImportFile.longest >> 20) MiB at most. You alone see it; the node erases the file once the import is over or removed, and in any case after \(ImportJob.days) days."
                    )
                }
                tag(
                    "input",
                    [
                        "type": "file", "id": "register", "aria-describedby": "register-hint",
                        "accept": ".csv,.tsv,.txt,.json,text/csv,application/json",
                    ]
                )
            }
            upload(say("Надіслати файл", "Send the file"))
            tag("noscript") {
                tag("p") {
                    say(
                        "Файл надсилає сценарій сторінки. Без сценаріїв – команда kartoteka import на машині вузла.",
                        "A script of the page sends the file. Without scripts there is the command kartoteka import at the node."
                    )
                }
            }
        }
    }

    /// The button of sending, and how much is there.
    func upload(_ words: String) -> Markup {
        tag("div", ["class": "row far"]) {
            tag("span", ["class": "hint", "role": "status", "data-progress": ""]) { "" }
            tag("button", ["class": "btn btn-act", "data-confirm": ""]) { words }
        }
    }

    private func table(of jobs: [ImportJob], _ title: String) -> Markup {
        let heads = [
            say("Файл", "File"), say("Стан", "Standing"), say("Рядків", "Rows"), say("Карток", "Cards"),
            say("Не взято", "Not taken"), say("Лежить до", "Here until"),
        ]
        return listTable(
            title,
            heads,
            jobs.map { job in
                listRow(
                    heads,
                    tag("a", ["href": ImportPages.place(job)]) { job.file },
                    [
                        Markup(say(job.phase.label)), Markup(grouped(Int64(job.rows))),
                        Markup(grouped(job.counts["imported", default: 0])),
                        Markup(grouped(job.counts["rejected", default: 0])), Markup(lastDay(job)),
                    ]
                )
            },
            nothing: say("Імпортів немає.", "There are no imports.")
        )
    }

    /// The day on which nothing of an import is here any more.
    func lastDay(_ job: ImportJob) -> String { KyivTime.moment(at: job.until)?.date.ukrainianNumbers ?? "" }

    /// A new import, which waits for its file.
    fileprivate func beginImport() throws -> WebReply {
        guard try mayImport(ownRoles()), let person else { return nothingHere() }
        guard let body = FormBody(request) else { return try unreadable() }
        let size = body.value("size").flatMap { Int($0) } ?? 0, modified = body.value("modified") ?? ""
        let name = String(ReadableText.line(body.value("file") ?? "").prefix(120)), most = ImportFile.longest >> 20
        guard (1...ImportFile.longest).contains(size), !name.isEmpty, modified.utf8.count <= 20 else {
            return try message(
                422,
                say("Файл порожній або більший за \(most) МіБ", "The file is empty or larger than \(most) MiB")
            )
        }
        let (jobs, all) = try importJobs()
        // The same file that did not come whole goes on where it was.
        if let job = jobs.first(where: {
            $0.phase == .receiving && $0.file == name && $0.size == size && $0.modified == modified
        }) {
            return .seeOther(ImportPages.place(job))
        }
        guard jobs.count < ImportJob.mostOfPerson, all < ImportJob.most else {
            return try message(
                409,
                say(
                    "Імпортів уже \(jobs.count) у вас і \(all) на вузлі: приберіть завершений",
                    "There are \(jobs.count) imports of yours already, and \(all) at the node: remove one that is over"
                )
            )
        }
        let job = ImportJob(
            id: newCommand(),
            file: name,
            modified: modified,
            size: size,
            user: person.user,
            via: person.via.description,
            language: language,
            until: now + ImportJob.days * 86_400_000
        )
        try keep(job)
        return .seeOther(ImportPages.place(job))
    }

    /// The next bytes of a file, from the offset that the address says; tells how much is here.
    fileprivate func takePart() throws -> WebReply {
        guard let job = try importAsked() else { return nothingHere() }
        let offset = request.parameter("offset").flatMap { Int($0) } ?? -1
        let taken = try site.context.store.write { try ImportFile.take(request.body, at: offset, of: job, $0) }
        var reply = API.reply(["received": .integer(Int64((taken ?? job).received)), "size": .integer(Int64(job.size))])
        if taken == nil { reply.status = 409 }
        return reply
    }

    /// Begins, stops, goes on, or forgets.
    fileprivate func steerImport() throws -> WebReply {
        guard var job = try importAsked() else { return nothingHere() }
        let mayBegin = job.hasFile && !job.mapping.isEmpty && !job.phase.isAtWork
        switch parameters["act"] {
        case "try" where mayBegin: try begin(&job, .trying)
        case "run" where mayBegin: try begin(&job, .running)
        case "stop" where job.phase.isAtWork:
            site.importing.forget()
            (job.resumes, job.phase) = (job.phase, .stopped)
            try keep(job)
        case "go-on" where job.phase == .stopped:
            (job.phase, job.trouble) = (job.resumes, "")
            try keep(job)
        case "forget":
            site.importing.forget()
            try site.context.store.write { try ImportFile.forget(job, $0) }
            return .seeOther(ImportPages.path)
        default: return try notNow()
        }
        return .seeOther(ImportPages.place(job))
    }

    /// That the import stands elsewhere by now.
    func notNow() throws -> WebReply {
        try message(409, say("Тепер цього зробити не можна", "This cannot be done now"))
    }
}
