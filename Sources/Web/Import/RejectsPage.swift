import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// Rows that became no card: each with its reasons and its values, which can be mended where they stand.
extension WebCall {
    /// Rows of a page.
    private static let rows = 20

    /// The rows of an import that were not taken, page by page.
    func rejectsPage() throws -> WebReply {
        guard let job = try importAsked() else { return nothingHere() }
        let taken = request.parameter("taken").flatMap { Int($0) }
        return try rejectsPage(job, told: taken.map { .done($0) })
    }

    /// What became of the row that was mended last.
    private enum Told {
        case done(Int), still(ImportReject), notJSON
    }

    /// A page of the rows that were not taken, with what came of the last one that was mended.
    private func rejectsPage(_ job: ImportJob, told: Told? = nil) throws -> WebReply {
        let number = request.parameter("after").flatMap { Int($0) } ?? 0
        let after = number > 0 ? ImportJob.key(job.rejects, number) : ""
        let records = try site.context.store.read {
            try $0.locals(.register, beginning: job.rejects, after: after, limit: Self.rows + 1)
        }
        var shown = try records.prefix(Self.rows).map { try ImportReject($0) }
        let next = records.count > Self.rows ? shown.last.map { String($0.row) } : nil
        var status = 200
        if case .still(let reject)? = told {
            status = 422
            // What was typed stands where the row was.
            if let place = shown.firstIndex(where: { $0.row == reject.row }) {
                shown[place] = reject
            } else {
                shown.insert(reject, at: 0)
            }
        } else if case .notJSON? = told {
            status = 422
        }
        let head = try importHead(job), title = say("Рядки, яких не взято", "Rows that were not taken"),
            mapping = job.read
        return page(title + " · " + job.file, status: status, here: ImportPages.path, failed: status != 200) {
            head
            words(told)
            tag("h2") { title }
            about(job, shown.isEmpty)
            for reject in shown { sheet(reject, job, mapping, number) }
            listFoot(ImportPages.place(job) + "/rows", shown.count, [], next: next, isFirst: after.isEmpty)
        }
    }

    private func words(_ told: Told?) -> Markup {
        switch told {
        case .done(let row): note(.done) { say("Рядок \(row) тепер картка.", "Row \(row) is a card now.") }
        case .still(let reject):
            summary([
                FormProblem(
                    field: "r\(reject.row)",
                    words: say("Рядок \(reject.row) ще не взято: ", "Row \(reject.row) is still not taken: ")
                        + reject.reasons.joined(separator: "; ")
                )
            ])
        case .notJSON: summary([FormProblem(field: nil, words: say("Елемент – не JSON", "The item is not JSON"))])
        case nil: Markup()
        }
    }

    private func about(_ job: ImportJob, _ isEmpty: Bool) -> Markup {
        Markup([
            mayMend(job)
                ? Markup()
                : note(.plain) {
                    say(
                        "Рядки можна виправляти, коли їх імпортовано: доти нічого не записано або імпорт триває.",
                        "Rows can be mended once they were imported: until then nothing is written, or the import is under way."
                    )
                },
            isEmpty
                ? tag("p", ["class": "empty"]) { say("Усі рядки взято.", "All rows were taken.") }
                : tag("p") {
                    tag("a", ["class": "btn", "href": ImportPages.place(job) + "/rejected"]) {
                        say("Зберегти як файл", "Save as a file")
                    }
                },
            tag("p") { tag("a", ["href": ImportPages.place(job)]) { say("До імпорту", "To the import") } },
        ])
    }

    /// Whether rows of an import can be mended now.
    private func mayMend(_ job: ImportJob) -> Bool {
        job.phase == .done || (job.phase == .stopped && job.resumes == .running)
    }

    /// One row with its reasons, and its values as fields: those that are wrong first, the rest folded.
    private func sheet(_ reject: ImportReject, _ job: ImportJob, _ mapping: ImportMapping?, _ after: Int) -> Markup {
        let faults = reject.reasons.map { ImportFault($0, mapping) }, mayMend = mayMend(job) && reject.content != .null
        return tag("section", ["class": "sheet", "id": "r\(reject.row)", "tabindex": "-1"]) {
            tag("header") {
                tag("h2") {
                    say("Рядок \(reject.row)", "Row \(reject.row)") + (reject.key.isEmpty ? "" : " · " + reject.key)
                }
            }
            form(
                Self.address(ImportPages.place(job) + "/rows/\(reject.row)", [("after", after > 0 ? "\(after)" : "")]),
                "pad stack"
            ) {
                tag("ul", ["class": "tight"]) { for fault in faults { reason(fault, reject, job) } }
                if reject.content == .null {
                    tag("p", ["class": "hint"]) {
                        say("Значень рядка тут не зберігають.", "The values of the row are not kept here.")
                    }
                } else if job.columns.isEmpty {
                    item(reject, mayMend)
                } else {
                    cells(reject, job, faults, mayMend)
                }
                if mayMend {
                    tag("div", ["class": "row"]) {
                        tag("button", ["class": "btn btn-act"]) { say("Імпортувати цей рядок", "Import this row") }
                    }
                }
            }
        }
    }

    /// A reason: the field, its value, what is wrong and what helps.
    private func reason(_ fault: ImportFault, _ reject: ImportReject, _ job: ImportJob) -> Markup {
        let places = fault.columns.compactMap { job.columns.firstIndex(of: $0) }
        return tag("li", ["class": "red"]) {
            if let field = fault.field { tag("b") { say(field.summary).capitalizedFirst + ": " } }
            for place in places {
                tag("a", ["href": "#r\(reject.row)-\(place)"]) { job.columns[place] }
                " = «" + String(reject.cell(place).prefix(80)) + "»: "
            }
            printed(fault.words)
        }
    }

    private func cells(_ reject: ImportReject, _ job: ImportJob, _ faults: [ImportFault], _ mayMend: Bool) -> Markup {
        let wrong = Set(faults.flatMap(\.columns)), all = job.columns.indices
        let first = all.filter { wrong.contains(job.columns[$0]) },
            rest = all.filter { !wrong.contains(job.columns[$0]) }
        func cell(_ place: Int) -> Markup {
            let id = "r\(reject.row)-\(place)", column = job.columns[place], isWrong = wrong.contains(column)
            return tag("div", ["class": isWrong ? "f err" : "f"]) {
                tag("label", ["for": id]) { column.isEmpty ? "\(place + 1)" : column }
                if isWrong {
                    tag("p", ["class": "msg", "id": id + "-msg"]) {
                        faults.filter { $0.columns.contains(column) }.map { printed($0.words) }.joined(separator: "; ")
                    }
                }
                tag(
                    "input",
                    [
                        "id": id, "name": "c.\(place)", "value": reject.cell(place), "readonly": mayMend ? nil : "",
                        "aria-invalid": isWrong ? "true" : nil, "aria-describedby": isWrong ? id + "-msg" : nil,
                    ]
                )
            }
        }
        return Markup([
            first.isEmpty ? Markup() : tag("div", ["class": "grid pairs"]) { first.map(cell) },
            tag("details", ["open": first.isEmpty ? "" : nil]) {
                tag("summary") { say("Решта значень рядка", "The other values of the row") }
                tag("div", ["class": "grid pairs"]) { rest.map(cell) }
            },
        ])
    }

    /// One row with its faults, and the fields to mend it.
    private func item(_ reject: ImportReject, _ mayMend: Bool) -> Markup {
        tag("div", ["class": "f"]) {
            let id = "r\(reject.row)-item"
            tag("label", ["for": id]) { say("Елемент", "Item") }
            tag("textarea", ["id": id, "name": "item", "rows": "8", "class": "mono", "readonly": mayMend ? nil : ""]) {
                Markup(typed: "\n" + reject.content.canonicalText)
            }
        }
    }

    // MARK: acts

    /// Gives a mended row to the command again: it becomes a card, or comes back with what is still wrong.
    func mendRow() throws -> WebReply {
        guard var job = try importAsked(), let body = FormBody(request), let row = Int(parameters["row"] ?? "") else {
            return nothingHere()
        }
        let key = ImportJob.key(job.rejects, row)
        guard mayMend(job), let known = try site.context.store.read({ try $0.local(.register, key) }),
            try ImportReject(known).content != .null
        else { return try notNow() }
        let content: JSON
        if job.columns.isEmpty {
            do { content = try JSON(parsing: Array((body.value("item") ?? "").utf8), limits: .general) } catch {
                return try rejectsPage(job, told: .notJSON)
            }
        } else {
            content = .array(job.columns.indices.map { .string(body.value("c.\($0)") ?? "") })
        }
        let line: JSON = ["row": .integer(Int64(row)), "content": content]
        let head: [JSON] = job.columns.isEmpty ? [] : [["columns": .array(job.columns.map(JSON.string))]]
        let told = try site.runImport(head + [line], job, isDryRun: false)
        if let reject = told["rejects"]?.array?.first {
            let kept = ImportReject(reject, content: content)
            try site.context.store.write { try $0.putLocal(try kept.record(of: job, $0)) }
            return try rejectsPage(job, told: .still(kept))
        }
        job.count(told, rows: 0)
        job.counts["rejected", default: 1] -= 1
        let mended = job
        try site.context.store.write { transaction in
            try transaction.deleteLocal(.register, key)
            try transaction.putLocal(mended.record)
        }
        let place = ImportPages.place(job) + "/rows", after = request.parameter("after") ?? ""
        return .seeOther(Self.address(place, [("after", after), ("taken", "\(row)")]))
    }

    /// The rows that were not taken, as the file that the command writes.
    func rejectedFile() throws -> WebReply {
        guard let job = try importAsked() else { return nothingHere() }
        let records = try site.context.store.read {
            try $0.locals(.register, beginning: job.rejects, after: "", limit: Web.mostRejects + ImportRun.slice)
        }
        let mapping = job.read
        var told: JSONObject = ["rejects": .array(try records.map { try ImportReject($0).json })]
        switch mapping?.source {
        case .json(let items)?: told["items"] = .string(items)
        case .csv(let delimiter)?:
            told["delimiter"] = .string(delimiter.text)
            told["columns"] = .array(job.columns.map(JSON.string))
        case nil: break
        }
        let kind = job.columns.isEmpty ? "json" : "csv"
        return WebReply(
            status: 200,
            contentType: kind == "csv" ? "text/csv; charset=utf-8" : "application/json",
            headers: [("content-disposition", "attachment; filename=\"rejects.\(kind)\"")],
            body: Array(RejectedFile.text(.object(told), language).utf8)
        )
    }
}

extension ImportReject {
    /// The value in a column; empty if the row is shorter.
    fileprivate func cell(_ place: Int) -> String {
        guard let values = content.array, values.indices.contains(place) else { return "" }
        return values[place].string ?? ""
    }
}
