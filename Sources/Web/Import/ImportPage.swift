import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// One import: what comes next, how far it is, what it came to.
extension WebCall {
    /// The page of an import; an id that is none, or not of whoever asks, is no page.
    func importPage() throws -> WebReply {
        guard let job = try importAsked() else { return nothingHere() }
        switch job.phase {
        case .receiving: return try receivingPage(job)
        case .mapping: return .seeOther(ImportPages.place(job) + "/mapping")
        case .trying, .tried, .running, .stopped, .done, .broken:
            let head = try importHead(job), rejects = try rejects(of: job)
            return page(job.file, here: ImportPages.path) {
                head
                standing(job, rejects)
                nextActs(job, rejects)
            }
        }
    }

    /// What changes of the page while the import is at work.
    func importPart() throws -> WebReply {
        guard let job = try importAsked() else { return nothingHere() }
        return part(standing(job, try rejects(of: job)))
    }

    /// How many rows wait to be mended.
    private func rejects(of job: ImportJob) throws -> Int {
        try site.context.store.read {
            try $0.localCount(.register, beginning: job.rejects, limit: Web.mostRejects + ImportRun.slice + 1)
        }
    }

    /// The head of a page of an import.
    func importHead(_ job: ImportJob) throws -> Markup {
        let fresh = try asOf()
        return tag("div", ["class": "head"]) {
            tag("div", ["class": "tight"]) {
                tag("a", ["class": "small", "href": ImportPages.path]) {
                    icon(.back)
                    " " + say("Імпорт реєстрів", "Importing registers")
                }
                tag("h1") { job.file }
                fresh
            }
        }
    }

    /// A file that came in part: the page goes on where it was, with the same file.
    private func receivingPage(_ job: ImportJob) throws -> WebReply {
        let head = try importHead(job)
        return page(job.file, here: ImportPages.path) {
            head
            tag(
                "form",
                [
                    "class": "sheet pad stack", "action": ImportPages.place(job), "data-upload": "\(ImportFile.part)",
                    "data-received": "\(job.received)", "data-size": "\(job.size)", "data-modified": job.modified,
                ]
            ) {
                tag("p") {
                    say("Надійшло ", "Received: ") + grouped(Int64(job.received)) + say(" з ", " of ")
                        + grouped(Int64(job.size)) + say(" байтів.", " bytes.")
                }
                tag("div", ["class": "f"]) {
                    tag("label", ["for": "register"]) {
                        say("Той самий файл, щоб надіслати решту", "The same file, to send the rest")
                    }
                    tag("input", ["type": "file", "id": "register"])
                }
                upload(say("Надіслати решту", "Send the rest"))
            }
            steer(job, "forget", say("Прибрати", "Remove"))
        }
    }

    /// How far it is and what it came to: it is asked for anew while the import is at work.
    ///
    /// What is pressed stands outside: a button that is replaced between press and release is not pressed.
    private func standing(_ job: ImportJob, _ rejects: Int) -> Markup {
        let refresh = job.phase.isAtWork ? "/parts" + ImportPages.place(job) : nil
        return tag("div", ["class": "stack", "data-part": "import", "data-refresh": refresh]) {
            told(job)
            if job.phase == .running, job.total > 0 {
                tag("p", ["class": "tight"]) {
                    tag("label", ["for": "far"]) {
                        say("Пройдено ", "Done: ") + grouped(Int64(job.rows)) + say(" з ", " of ")
                            + grouped(Int64(job.total)) + say(" рядків", " rows")
                    }
                    tag("progress", ["id": "far", "max": "\(job.total)", "value": "\(job.rows)"]) { "" }
                }
            }
            figures(job, rejects)
        }
    }

    /// In words where it stands.
    private func told(_ job: ImportJob) -> Markup {
        let kind: Note = job.trouble.isEmpty ? (job.phase == .done ? .done : .plain) : .need
        return note(kind) {
            tag("b") { say(job.phase.label).capitalizedFirst + ". " }
            job.trouble.isEmpty ? "" : printed(job.trouble).capitalizedFirst + ". "
            if job.phase.isAtWork {
                say(
                    "Вузол робить це сам, людям не заважаючи; сторінку можна закрити. ",
                    "The node does it by itself and keeps nobody waiting; the page can be closed. "
                )
            }
            if job.phase == .tried {
                say("Подивіться на числа, тоді імпортуйте.", "Look at the numbers, then import.")
            }
            tag("p", ["class": "small"]) {
                say(
                    "Усе про цей імпорт буде стерто \(lastDay(job)).",
                    "All of this import will be erased on \(lastDay(job))."
                )
            }
        }
    }

    /// What the rows came to, in the order in which people ask; what a table of another kind has none of is left out.
    private func figures(_ job: ImportJob, _ rejects: Int) -> Markup {
        let isDry = job.phase == .tried || job.phase == .trying || (job.phase == .stopped && job.resumes == .trying)
        func count(_ name: String) -> Int64 { job.counts[name, default: 0] }
        let always: [(String, Int64)] = [
            (say("Рядків переглянуто", "Rows looked at"), Int64(job.rows)),
            (
                isDry ? say("Стануть картками", "Would become cards") : say("Стали картками", "Became cards"),
                count("imported")
            ),
            (say("Не взято", "Not taken"), Int64(rejects)),
        ]
        let sometimes: [(String, Int64)] = [
            (say("Уже були", "Were here already"), count("existing")),
            (say("Доповнено", "Completed"), count("completed")),
            (say("Пропущено за описом", "Passed over by the mapping"), count("skipped")),
            (say("Адрес не знайдено", "Addresses not found"), count("unresolvedAddresses")),
            (say("Строк у джерелі інший", "Another term in the source"), count("differences")),
            (say("Співвиконавців без роботи", "Co-executors left out"), count("leftOut")),
        ]
        return tag("div", ["class": "figs"]) {
            for (name, count) in always + sometimes.filter({ $0.1 > 0 }) {
                tag("div") {
                    tag("span", ["class": "soft small"]) { name }
                    tag("b") { grouped(count) }
                }
            }
        }
    }

    /// What can be done now.
    private func nextActs(_ job: ImportJob, _ rejects: Int) -> Markup {
        let rests = job.hasFile && !job.phase.isAtWork
        return tag("div", ["class": "row"]) {
            if job.phase.isAtWork {
                steer(job, "stop", say("Зупинити", "Stop"))
                tag("a", ["class": "btn", "href": ImportPages.place(job)]) { say("Оновити", "Show it anew") }
            }
            if job.phase == .stopped { steer(job, "go-on", say("Продовжити", "Go on"), isMain: true) }
            if job.phase == .tried {
                let some = job.counts["imported", default: 0] + job.counts["completed", default: 0] > 0
                steer(job, "run", say("Імпортувати", "Import"), isMain: some)
            }
            if rests {
                steer(job, "try", say("Перевірити ще раз", "Check once more"))
                tag("a", ["class": "btn", "href": ImportPages.place(job) + "/mapping"]) {
                    say("Відповідність полів", "The mapping")
                }
            }
            if rejects > 0, !job.phase.isAtWork {
                tag(
                    "a",
                    ["class": job.phase == .done ? "btn btn-act" : "btn", "href": ImportPages.place(job) + "/rows"]
                ) {
                    say("Рядки, яких не взято: ", "Rows that were not taken: ") + grouped(Int64(rejects))
                }
            }
            if !job.phase.isAtWork { steer(job, "forget", say("Прибрати імпорт", "Remove the import")) }
        }
    }

    /// A button that steers an import.
    func steer(_ job: ImportJob, _ act: String, _ words: String, isMain: Bool = false) -> Markup {
        form(ImportPages.place(job) + "/acts/" + act, "tight") {
            tag("button", ["id": "do-" + act, "class": isMain ? "btn btn-act" : "btn"]) { words }
        }
    }
}
