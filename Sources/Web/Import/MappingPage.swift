import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// Which column each field of a card comes from, with its first values and what they mean; the text below says all of it.
extension WebCall {
    /// The page of a mapping; an import without its file has none.
    func mappingPage() throws -> WebReply {
        guard let job = try importAsked() else { return nothingHere() }
        guard job.hasFile, !job.phase.isAtWork else { return .seeOther(ImportPages.place(job)) }
        do {
            guard let form = try mappingForm(job) else { return .seeOther(ImportPages.place(job)) }
            return try mappingPage(job, form)
        } catch let error as DeskError { return try unreadablePage(job, error) }
    }

    /// A file that cannot be read so: it may be in another encoding.
    private func unreadablePage(_ job: ImportJob, _ error: DeskError) throws -> WebReply {
        let head = try importHead(job), reading = try wayToRead(job, delimiter: nil)
        return page(job.file, status: 422, here: ImportPages.path) {
            head
            note(.need) { say(error.message).capitalizedFirst + "." }
            reading
            steer(job, "forget", say("Прибрати імпорт", "Remove the import"))
        }
    }

    /// The mapping as it is now, beside the first rows of the file.
    func mappingPage(_ job: ImportJob, _ form: MappingForm) throws -> WebReply {
        let title = say("Відповідність полів", "The mapping"), failed = !form.errors.isEmpty
        let head = try importHead(job), departments = try desk.departmentChoices().map { FormChoice($0.id, $0.name) }
        let reading = try wayToRead(job, delimiter: form.mapping["delimiter"]?.string ?? ",", isTable: form.isTable)
        let choices = MappingChoices(departments: departments, language: language), authors = try authors(form)
        return page(title + " · " + job.file, status: failed ? 422 : 200, here: ImportPages.path, failed: failed) {
            summary(form.errors)
            head
            if !form.open.isEmpty {
                note(.need) {
                    tag("p") { say("Подивіться:", "Look at:") }
                    tag("ul", ["class": "tight"]) { for line in form.open { tag("li") { say(line) } } }
                }
            }
            reading
            firstRows(form)
            self.form(ImportPages.place(job) + "/mapping", "stack") {
                columns(form, choices, title)
                meanings(form, choices)
                rest(form, authors)
            }
            firstCard(form)
            text(of: form, job)
        }
    }

    /// In what the file is written, and what stands between its fields: guessed, and to be changed.
    private func wayToRead(_ job: ImportJob, delimiter: String?, isTable: Bool = true) throws -> Markup {
        let chosen = try encoding(of: job)
        let marks = [
            (",", say("кома", "a comma")), (";", say("крапка з комою", "a semicolon")),
            ("\t", say("табуляція", "a tab")),
        ]
        return form(ImportPages.place(job) + "/mapping", "sheet pad row end") {
            tag("div", ["class": "f"]) {
                tag("label", ["for": "f-encoding"]) { say("Кодування", "Encoding") }
                tag("select", ["id": "f-encoding", "name": "encoding"]) {
                    for encoding in TextEncoding.allCases {
                        option(encoding.rawValue, say(encoding.label), chosen.rawValue)
                    }
                }
            }
            if isTable {
                tag("div", ["class": "f"]) {
                    tag("label", ["for": "f-delimiter"]) { say("Між полями", "Between fields") }
                    tag("select", ["id": "f-delimiter", "name": "delimiter"]) {
                        for (mark, words) in marks {
                            option(mark, words, delimiter == "tab" ? "\t" : delimiter ?? "")
                        }
                    }
                }
            }
            tag("button", ["class": "btn", "name": "do", "value": "read"]) { say("Прочитати так", "Read it so") }
        }
    }

    /// The head of the file as it was read.
    private func firstRows(_ form: MappingForm) -> Markup {
        let title = say("Перші рядки файлу", "First rows of the file")
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { title } }
            tag("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": title]) {
                tag("table", ["class": "t"]) {
                    tag("caption", ["class": "sr"]) { title }
                    tag("thead") {
                        tag("tr") { for name in form.sample.columns { tag("th", ["scope": "col"]) { name } } }
                    }
                    tag("tbody") {
                        for row in form.sample.values.prefix(5) {
                            tag("tr") { for value in row { tag("td") { String(value.prefix(80)) } } }
                        }
                    }
                }
            }
        }
    }

    /// Each field with its column, or with the value that is the same on every card.
    private func columns(_ form: MappingForm, _ choices: MappingChoices, _ title: String) -> Markup {
        let heads = [
            say("Поле картки", "Field of the card"), say("Стовпець файлу", "Column of the file"),
            say("Перші значення", "First values"),
        ]
        func table(_ fields: [ImportField], _ caption: String) -> Markup {
            listTable(
                caption,
                heads,
                fields.map { field in
                    let name = say(field.summary).capitalizedFirst, isNeeded = ImportField.required.contains(field)
                    return listRow(
                        heads,
                        Markup([
                            tag("label", ["for": "f-" + field.rawValue]) { name },
                            isNeeded
                                ? tag("span", ["class": "soft small"]) { say(" – потрібне", " – needed") } : Markup(),
                            hint(field),
                        ]),
                        [column(form, field), values(form, field, choices, name)]
                    )
                },
                nothing: ""
            )
        }
        let shown = ImportField.allCases.filter(form.isFilled),
            more = say("Інші поля картки", "Other fields of the card")
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { title } }
            table(shown, title)
            tag("details", ["class": "pad"]) {
                tag("summary") { more }
                table(ImportField.allCases.filter { !shown.contains($0) }, more)
            }
        }
    }

    /// From which column a field comes.
    private func column(_ form: MappingForm, _ field: ImportField) -> Markup {
        let joined = form.joined(field), chosen = form.column(field), id = "f-" + field.rawValue
        guard joined.isEmpty else {
            return tag("span", ["id": id, "tabindex": "-1"]) {
                joined.joined(separator: " + ") + say(" (змінюється в тексті нижче)", " (changed in the text below)")
            }
        }
        let isWrong = form.errors.contains { $0.field == id }
        let described = [field.hint.map { _ in id + "-hint" }, isWrong ? id + "-msg" : nil].compactMap(\.self)
        let attributes: KeyValuePairs<StaticString, String?> = [
            "id": id, "name": "field." + field.rawValue, "aria-invalid": isWrong ? "true" : nil,
            "aria-describedby": described.isEmpty ? nil : described.joined(separator: " "),
        ]
        return Markup([
            problem(id, form),
            tag("select", attributes) {
                option("", say("– немає –", "– none –"), chosen)
                for column in form.sample.columns where !column.isEmpty { option(column, column, chosen) }
            },
        ])
    }

    /// What the codes of a field mean, below its name.
    private func hint(_ field: ImportField) -> Markup {
        guard let hint = field.hint else { return Markup() }
        return tag("p", ["class": "hint", "id": "f-" + field.rawValue + "-hint"]) { say(hint) }
    }

    /// What is wrong with a control, beside it.
    private func problem(_ id: String, _ form: MappingForm) -> Markup {
        guard let wrong = form.errors.first(where: { $0.field == id }) else { return Markup() }
        return tag("p", ["class": "msg", "id": id + "-msg"]) { wrong.words }
    }

    /// The first values of a column; how a date is written; or one value for all cards.
    private func values(_ form: MappingForm, _ field: ImportField, _ choices: MappingChoices, _ name: String) -> Markup
    {
        let column = form.column(field)
        if column.isEmpty, form.joined(field).isEmpty {
            let codes = choices.of(field)
            guard !codes.isEmpty, codes.count <= MappingChoices.fewest else { return Markup() }
            let label = say("У всіх карток: ", "On all cards: ") + name
            return choice(
                "constant." + field.rawValue,
                label,
                codes,
                form.constant(field),
                say("– на всіх картках –", "– on all cards –")
            )
        }
        let shown = Markup(form.values(column).joined(separator: " · "))
        guard field.usualDateForm != nil, !column.isEmpty else { return shown }
        let forms = WrittenTime.Form.allCases.map { FormChoice($0.rawValue, $0.example) }
        let label = say("Як записано: ", "How it is written: ") + name
        return Markup([shown, tag("br"), choice("format." + field.rawValue, label, forms, form.format(field), nil)])
    }

    private func choice(
        _ name: String,
        _ label: String,
        _ choices: [FormChoice],
        _ chosen: String,
        _ none: String?
    ) -> Markup {
        tag("select", ["name": name, "aria-label": label]) {
            if let none { option("", none, chosen) }
            for choice in choices { option(choice.value, choice.label, chosen) }
        }
    }

    /// What the words of a column mean: a row for each of its values.
    @MarkupBuilder
    private func meanings(_ form: MappingForm, _ choices: MappingChoices) -> Markup {
        for field in ImportField.allCases where !form.column(field).isEmpty && !choices.of(field).isEmpty {
            meaning(form, field, choices)
        }
    }

    /// What the values of a column mean, by the codes of the field.
    private func meaning(_ form: MappingForm, _ field: ImportField, _ choices: MappingChoices) -> Markup {
        let codes = choices.of(field), title = say(field.summary).capitalizedFirst + ": " + form.column(field)
        let told = form.told(field) { choices.known(field, $0) }, otherwise = form.otherwise(field)
        let heads = [say("Значення у файлі", "Value in the file"), say("На картці", "On the card")]
        let last = [
            FormChoice(Self.refused, say("рядок не береться", "the row is not taken")),
            FormChoice(Self.nothing, say("поле лишається порожнім", "the field stays empty")),
        ]
        return tag("section", ["class": "sheet"]) {
            tag("header") { tag("h2") { title } }
            listTable(
                title,
                heads,
                told.map { value, code in
                    let name = "code." + field.rawValue, label = say("На картці: ", "On the card: ") + value
                    let control =
                        codes.count > MappingChoices.fewest
                        ? tag(
                            "input",
                            ["name": name, "value": code, "list": "codes-" + field.rawValue, "aria-label": label]
                        )
                        : choice(name, label, codes, code, say("– як інші –", "– as the others –"))
                    return listRow(
                        heads,
                        Markup([Markup(String(value.prefix(80))), hidden("value." + field.rawValue, value)]),
                        [control]
                    )
                },
                nothing: say("У перших рядках цей стовпець порожній.", "In the first rows this column is empty.")
            )
            if codes.count > MappingChoices.fewest {
                tag("datalist", ["id": "codes-" + field.rawValue]) {
                    for choice in codes { tag("option", ["value": choice.value]) { choice.label } }
                }
            }
            tag("div", ["class": "pad f"]) {
                let id = "f-otherwise-" + field.rawValue
                tag("label", ["for": id]) { say("Інші значення", "Other values") }
                tag("select", ["id": id, "name": "otherwise." + field.rawValue]) {
                    let chosen = otherwise.map { $0.isEmpty ? Self.nothing : $0 } ?? Self.refused
                    for choice in last + codes { option(choice.value, choice.label, chosen) }
                }
            }
        }
    }

    /// By what cards are known again, who decided, and what comes next.
    private func rest(_ form: MappingForm, _ authors: [FormChoice]) -> Markup {
        let isWrong = form.errors.contains { $0.field == "f-name" }
        return tag("section", ["class": "sheet pad stack"]) {
            tag("div", ["class": "f"]) {
                tag("label", ["for": "f-name"]) { say("Назва джерела", "Name of the source") }
                tag("p", ["class": "hint", "id": "f-name-hint"]) {
                    say(
                        "За нею й ключем рядка картка впізнається знову; для того самого реєстру вона завжди та сама.",
                        "By it and the key of its row a card is known again; it stays the same for the same register."
                    )
                }
                problem("f-name", form)
                tag(
                    "input",
                    [
                        "id": "f-name", "name": "name", "value": form.mapping["name"]?.string ?? "", "maxlength": "200",
                        "aria-describedby": isWrong ? "f-name-hint f-name-msg" : "f-name-hint",
                        "aria-invalid": isWrong ? "true" : nil,
                    ]
                )
            }
            tag("div", ["class": "f"]) {
                tag("label", ["for": "f-key"]) {
                    say("Стовпець, що називає рядок (ключ)", "The column that names a row (the key)")
                }
                problem("f-key", form)
                tag("select", ["id": "f-key", "name": "key"]) {
                    for name in form.sample.columns where !name.isEmpty {
                        option(name, name, form.mapping["key"]?.string ?? "")
                    }
                }
            }
            author(form, authors)
            tag("div", ["class": "row far"]) {
                tag("button", ["class": "btn", "name": "do", "value": "again"]) {
                    say("Зберегти й показати знову", "Keep it and show it anew")
                }
                tag("button", ["class": "btn btn-act", "name": "do", "value": "try", "data-confirm": ""]) {
                    say("Перевірити всі рядки", "Check all rows")
                }
            }
        }
    }

    /// Whose decisions rows tell, where it does not go without saying.
    private func author(_ form: MappingForm, _ authors: [FormChoice]) -> Markup {
        guard authors.count > 1 else { return Markup() }
        return tag("div", ["class": "f"]) {
            tag("label", ["for": "f-author"]) {
                say("Чиї рішення, якщо рядки мають виконавця", "Whose decisions, where rows have an executor")
            }
            tag("select", ["id": "f-author", "name": "author"]) {
                option("", say("– виберіть –", "– choose –"), form.author)
                for choice in authors { option(choice.value, choice.label, form.author) }
            }
        }
    }

    /// Leaders of the office, whose decisions rows may tell.
    private func authors(_ form: MappingForm) throws -> [FormChoice] {
        try desk.read { reading in try FormMaterial.people(["leader"], desk, reading) }
    }
}

extension MappingForm {
    /// Whether a field has a value by the mapping, needs one, or is wrong: the others are folded away.
    fileprivate func isFilled(_ field: ImportField) -> Bool {
        ImportField.required.contains(field) || !column(field).isEmpty || !joined(field).isEmpty
            || !constant(field).isEmpty
            || errors.contains { $0.field == "f-" + field.rawValue }
    }
    /// Whether the file is a table, not a JSON text.
    fileprivate var isTable: Bool { mapping["source"]?.string != "json" }
}
