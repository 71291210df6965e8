import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// The mapping of an import: read from its file, and from the form.
extension WebCall {
    /// Parts of a file by which its encoding is guessed, and by which a table is.
    private static let guessed = 5, shown = 17

    /// The mapping that an import has, or the one that its file suggests; nil if the file is not here whole.
    func mappingForm(_ job: ImportJob) throws -> MappingForm? {
        let encoding = try encoding(of: job)
        let bytes = try site.context.store.read { reading -> [UInt8]? in
            let head = try ImportFile.head(of: job, parts: Self.shown, reading)
            // Of a JSON text a part is none.
            let beginning = encoding.utf8(Array((head ?? []).prefix(4_096)))
            return ImportSample.isJSON(beginning) ? try ImportFile.bytes(of: job, reading) : head
        }
        guard let bytes else { return nil }
        let sample = try ImportSample(
            bytes,
            encoding: encoding,
            delimiter: job.delimiter.utf8.first.flatMap(CSVReader.Delimiter.init)
        )
        if !job.mapping.isEmpty, let known = try JSON(parsing: Array(job.mapping.utf8), limits: .general).object {
            return MappingForm(mapping: known, sample: sample, author: job.author)
        }
        let departments = try desk.read { try desk.departmentLookup($0) }
        let found = ImportSuggestion(sample, departments: departments)
        var mapping = found.mapping
        // What cards are known by for ever: the name of the file until somebody gives another.
        mapping["name"] = .string(job.file)
        return MappingForm(mapping: mapping, sample: sample, author: job.author, open: found.open)
    }

    /// How the file of an import is read: as was chosen, or as its bytes look.
    func encoding(of job: ImportJob) throws -> TextEncoding {
        if let chosen = TextEncoding(rawValue: job.encoding) { return chosen }
        let first = try site.context.store.read { try ImportFile.head(of: job, parts: Self.guessed, $0) } ?? []
        return TextEncoding(mark: first) ?? TextEncoding(guess: first)
    }

    /// Takes the form, the text of the mapping, or another way to read the file.
    func setMapping() throws -> WebReply {
        guard var job = try importAsked(), let body = FormBody(request) else { return nothingHere() }
        guard job.hasFile, !job.phase.isAtWork else { return try notNow() }
        let place = ImportPages.place(job) + "/mapping", act = body.value("do") ?? ""
        if act == "read" {
            job.encoding = TextEncoding(rawValue: body.value("encoding") ?? "")?.rawValue ?? ""
            job.delimiter = body.value("delimiter") ?? ""
            // Other columns: what was said of the former ones says nothing of these.
            job.mapping = ""
            try keep(job)
            return .seeOther(place)
        }
        guard var form = try mappingForm(job) else { return .seeOther(ImportPages.place(job)) }
        if act == "text" { text(body, &form) } else { fields(body, &form) }
        if let named = body.value("author") { form.author = named }
        if job.marks > 0 { sameRows(job, &form) }
        guard form.errors.isEmpty else { return try mappingPage(job, form) }
        (job.mapping, job.author) = (Commands.text(ofMapping: .object(form.mapping)), form.author)
        job.encoding = try encoding(of: job).rawValue
        site.importing.forget()
        if act != "again" { try begin(&job, .trying) } else { try keep(job) }
        return .seeOther(act == "again" ? place : ImportPages.place(job))
    }

    /// From the first row on: cards that are here already are found and not taken twice.
    func begin(_ job: inout ImportJob, _ phase: ImportJob.Phase) throws {
        site.importing.forget()
        job.begin(phase)
        let begun = job
        try site.context.store.write { transaction in
            try ImportFile.forget(begun.rejects, transaction)
            try transaction.putLocal(begun.record)
        }
    }

    private func text(_ body: FormBody, _ form: inout MappingForm) {
        do {
            form.mapping =
                try JSON(parsing: Array((body.value("text") ?? "").utf8), limits: .general).object ?? JSONObject()
        } catch {
            form.errors.append(
                FormProblem(
                    field: "mapping-text",
                    words: say("Опис – не JSON: ", "The mapping is not JSON: ") + "\(error)"
                )
            )
        }
        check(&form)
    }

    private func fields(_ body: FormBody, _ form: inout MappingForm) {
        for field in ImportField.allCases {
            let name = field.rawValue, former = form.column(field)
            if let column = body.value("field." + name), column.isEmpty || form.sample.columns.contains(column) {
                form.set(field, column: column)
            }
            if let constant = body.value("constant." + name) { form.setConstant(field, constant) }
            // What was said of the former column says nothing of another.
            guard form.column(field) == former else { continue }
            if let format = body.value("format." + name) { form.set(field, format: format) }
            guard let otherwise = body.value("otherwise." + name) else { continue }
            let told = zip(body.values("value." + name), body.values("code." + name)).map { (value: $0, code: $1) }
            form.set(
                field,
                told: told,
                otherwise: otherwise == Self.refused ? nil : otherwise == Self.nothing ? "" : otherwise
            )
        }
        if let name = body.value("name") { form.mapping["name"] = .string(ReadableText.line(name)) }
        if let key = body.value("key"), form.sample.columns.contains(key) { form.mapping["key"] = .string(key) }
        check(&form)
    }

    /// Rows that are cards already are known by the name of the source and the key: with others they would become cards again.
    private func sameRows(_ job: ImportJob, _ form: inout MappingForm) {
        let former: JSON
        do { former = try JSON(parsing: Array(job.mapping.utf8), limits: .general) } catch { return }
        for name in ["name", "key"] where former[name] != form.mapping[name] {
            let words = say(
                "З цим джерелом і ключем уже є картки, інакше вони повторилися б: ",
                "There are cards of this source and key, which would be doubled: "
            )
            form.errors.append(FormProblem(field: "f-" + name, words: words + (former[name]?.string ?? "")))
        }
    }

    /// What becomes of a value that the mapping does not list: its row is not taken, or the field stays empty.
    static let refused = "-", nothing = "0"

    /// What nobody could import by: it is said before the first row.
    private func check(_ form: inout MappingForm) {
        if (form.mapping["name"]?.string ?? "").isEmpty {
            form.errors.append(
                FormProblem(
                    field: "f-name",
                    words: say(
                        "Назвіть джерело: за назвою картки впізнаються знову",
                        "Give the source a name: by it cards are known again"
                    )
                )
            )
        }
        do throws(MappingRefusal) {
            let mapping = try ImportMapping(json: .object(form.mapping))
            for field in ImportField.allCases {
                for code in Set((mapping.fields[field]?.map ?? [:]).values).sorted() where !code.isEmpty {
                    var card = ImportedCard(key: "", row: 0)
                    do throws(ImportReason) { try card.set(field, .text(code), rule: nil) } catch {
                        form.errors.append(
                            FormProblem(
                                field: "f-" + field.rawValue,
                                words: say(field.summary).capitalizedFirst + ": " + say(error.words)
                            )
                        )
                    }
                }
            }
        } catch {
            form.errors.append(FormProblem(field: Self.place(of: error.path), words: say(DeskError(error).message)))
        }
    }

    /// The id of the control that a path of a mapping is about.
    private static func place(of path: String) -> String? {
        let parts = path.split(separator: ".").map(String.init)
        guard parts.count > 1, ["fields", "constants"].contains(parts[0]) else { return path == "key" ? "f-key" : nil }
        return "f-" + parts[1]
    }
}
