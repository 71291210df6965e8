import Appeals
import CanonicalJSON
import Desk
import Replication

/// `appeal register`: a phone card or an electronic appeal.
extension Commands {
    static let appealRegister = Command(.appealRegister) { call in
        let call = try call.withFile()
        let card = try call.cardFields()
        return call.registered(try call.acting().register(card, complainedAgainst: call.list("complained-against")))
    }
}

extension Call {
    /// The call with what `--from` says, where no option of its own says something else.
    fileprivate func withFile() throws(DeskError) -> Call {
        guard let file = try parsed("from") else { return self }
        guard let object = file.object else {
            throw .usage(
                "wrongFile",
                uk: "--from: файл має бути об'єктом JSON",
                en: "--from: the file must be a JSON object"
            )
        }
        for (key, value) in object.members {
            guard let option = UseCase.cardInputs.first(where: { $0.name == key }) else {
                throw .usage(
                    "unknownOption",
                    uk: "--from: невідомий ключ «\(key)»",
                    en: "--from: unknown key \"\(key)\""
                )
            }
            guard option.fits(value) else {
                throw .usage(
                    "wrongType",
                    uk: "--from: значення «\(key)» не того виду",
                    en: "--from: the value of \"\(key)\" has the wrong type"
                )
            }
        }
        let said = try Entered(object, of: UseCase.cardInputs, desk.entrance)
        return Call(context: context, entered: entered.filled(with: said), language: language, command: command)
    }

    fileprivate func cardFields() throws -> CardFields {
        var fields = CardFields()
        fields.channel = try code("channel", Channel.self) ?? (isOffice ? .mayorPhone : .departmentEmail)
        fields.addressee =
            try code("addressee", Addressee.self)?.rawValue ?? (isOffice ? Addressee.mayor : .department).rawValue
        fields.kind = try code("kind", AppealKind.self) ?? .application
        fields.receiptSign = try code("sign", ReceiptSign.self) ?? .first
        fields.subjectType = try code("subject", SubjectType.self) ?? .individual
        fields.signatories = arguments["signatories"]?.integer
        fields.isPriority = flag("priority")
        fields.isConfidential = flag("confidential")
        fields.reply = try code("reply", ReplyPreference.self)
        fields.external = text("external")
        fields.repeatOf = text("repeat-of")
        fields.duplicateOf = text("duplicate-of")
        fields.issues = issues()
        fields.name = try personName("name")
        fields.address = text("address").map { Address(typed: $0) }
        fields.workplace = text("workplace")
        fields.category = text("category")
        fields.socialStatus = text("social-status")
        fields.sex = try code("sex", Sex.self)
        fields.phones = try phones("phone")
        fields.emails = try emails("email")
        fields.text = text("text") ?? text("text-file") ?? ""
        fields.receivedAt = try instant("received") ?? now
        fields.basis = try basis()
        guard !fields.text.isEmpty else {
            throw DeskError.usage(
                "missingOption",
                uk: "бракує --text або --text-file: змісту звернення",
                en: "--text or --text-file is missing"
            )
        }
        if fields.subjectType == .individual, fields.name == nil {
            throw DeskError.usage(
                "missingOption",
                uk: "бракує --name (або вкажіть --subject anonymous)",
                en: "--name is missing (or give --subject anonymous)"
            )
        }
        return fields
    }

    private func issues() -> [CardFields.Issue] {
        let headings = list("heading"), questions = list("question"), places = list("problem-address"),
            districts = list("district")
        let count = max(1, headings.count, questions.count, places.count, districts.count)
        return (0..<count).map { place in
            CardFields.Issue(
                heading: headings.at(min(place, headings.count - 1)).said ?? CardFields.otherHeading,
                district: districts.at(place).said,
                question: questions.at(place).said,
                problemAddress: places.at(place).said.map { Address(typed: $0) }
            )
        }
    }

    fileprivate func registered(_ acted: Acted<Registered>) -> CommandResult {
        let index = acted.subject.index
        var report = ActReport(
            done: Label(uk: "Звернення \(index) зареєстровано", en: "The appeal \(index) is registered")
        )
        report.members["registrationIndex"] = .string(index.description)
        if let derivation = acted.subject.derivation {
            report.members["due"] = CardFields.due(derivation.due)
            report.members["provisional"] = .bool(derivation.due.isProvisional)
            report.lines = dueLines(derivation)
            report.members["derivation"] = .array(derivation.lines(.ukrainian).map(JSON.string))
        }
        let notHere = acted.subject.notHere
        if !notHere.isEmpty {
            report.members["notInRegister"] = .array(notHere.map(JSON.string))
            report.lines += self.notHere(notHere)
        }
        for name in acted.subject.unresolved {
            report.lines.append(
                say(
                    "Увага: не з'ясовано, хто це — «\(name)»; доки не виправлено, звернення нікому не доручають: ",
                    "Note: it is not known who \"\(name)\" is; until that is corrected, nobody gets the appeal: "
                ) + "kartoteka appeal correct \(index) --as … --set complainedAgainst=…"
            )
        }
        tell(acted.subject.unresolvedAddresses, of: index.description, in: &report)
        report.next =
            isOffice
            ? "kartoteka resolution issue \(index) --as … --author … --main …" : "kartoteka appeal show \(index)"
        return tell(acted, report)
    }

    func dueLines(_ derivation: Derivation) -> [String] {
        let due = derivation.due
        var lines = [
            say("Строк: ", "Due: ") + say(due.statutory.ukrainian, due.statutory.description)
                + say(", контрольний ", ", control date ") + say(due.control.ukrainian, due.control.description)
                + say(", гранично ", ", cap ") + say(due.cap.ukrainian, due.cap.description)
                + (derivation.provisional.map { " (\(say($0)))" } ?? "")
        ]
        if let target = due.internalTarget {
            lines.append(
                say("Оперативний розгляд до ", "Operational mode by ") + say(target.ukrainian, target.description)
            )
        }
        if isVerbose {
            lines += [say("Як пораховано:", "How it is counted:")] + derivation.lines(language).map { "  " + $0 }
        }
        return lines
    }
}

extension String? {
    /// Nil of an empty text, which only keeps its place.
    fileprivate var said: String? { flatMap { $0.isEmpty ? nil : $0 } }
}

extension Array {
    /// The element at a place, nil outside.
    func at(_ place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
