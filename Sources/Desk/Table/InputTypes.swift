import Appeals

/// Of which type each operand and option is: by its name, and by the row where that differs.
package enum InputTypes {
    /// The type of an input of a row; nil if nobody has said.
    package static func type(_ input: String, of row: String) -> InputType? {
        ofRow["\(row) \(input)"] ?? everywhere[input]
    }

    /// Rows and inputs that have a type of their own.
    package static var special: [String] { ofRow.keys.sorted() }

    // Looked up, never iterated but for the above.
    private static let everywhere: [String: InputType] = card.merging(acts) { first, _ in first }
        .merging(readings) { first, _ in first }.merging(machine) { first, _ in first }

    /// The text of a field of a kind of operation: how long it may be is the schema's.
    private static func field(_ kind: String, _ name: String) -> InputType {
        guard let kind = Kinds.named(kind), let field = (kind.fields + kind.personal).first(where: { $0.name == name }),
            let type = InputType(field.type)
        else { preconditionFailure("\(kind) has no field \(name) that people type") }
        return type
    }

    /// What a card is registered with.
    private static let card: [String: InputType] = [
        "channel": .code(.channels), "addressee": .code(.addressees), "kind": .code(.kinds),
        "sign": .code(.receiptSigns), "subject": .code(.subjectTypes),
        "signatories": field("appeal.registered", "signatories"),
        "address": field("appeal.registered", "address"), "workplace": field("appeal.registered", "workplace"),
        "category": .code(.categories), "social-status": .code(.socialStatuses), "sex": .code(.sexes),
        "phone": field("appeal.registered", "phones"), "email": field("appeal.registered", "emails"),
        "text": field("appeal.registered", "text"), "text-file": .contents(longest: Limits.text),
        "heading": .code(.headings), "question": field("appeal.registered", "questions"),
        "problem-address": field("appeal.registered", "problemAddresses"), "district": .text(longest: Limits.string),
        "priority": .flag, "confidential": .flag, "reply": .code(.replies),
        "external": field("appeal.registered", "external"), "repeat-of": .index, "duplicate-of": .index,
        "complained-against": .complainedAgainst, "received": .moment, "basis": .basis,
        "from": .contents(longest: InputType.longestFile),
    ]

    private static let acts: [String: InputType] = [
        "appeal": .appeal, "as": .actor, "assignment": .assignment, "person": .person, "user": .person,
        "department": .department, "author": .person, "version": .version, "held": .write, "case": .disagreement,
        "reason": field("answer.returned", "reason"), "suggested": field("assignment.declined", "suggested"),
        "preliminary": .flag, "result": .code(.results), "issue-result": .issueResult, "to": .code(.recipients),
        "by": .code(.replies), "number": field("answer.dispatched", "number"), "date": .date, "decided": .date,
        "how": .code(.waysOfFeedback), "words": field("feedback.recorded", "words"), "document": .code(.documents),
        "note": field("document.recorded", "note"), "main": .department, "co": .department, "inform": .department,
        "supersedes": .assignment, "issues": .issuesOfDepartment, "term": .date, "on-control": .flag,
        "substitution": field("role.granted", "substitution"), "set": .correction, "confirm": .index,
        "choose": .code(.choices), "role": .code(.roles), "name": field("person.put", "name"),
        "code": field("department.put", "code"), "position": field("person.put", "position"),
    ]

    private static let readings: [String: InputType] = [
        "state": .code(.states), "index": .index, "disputed": .flag, "limit": .number(1...500), "after": .mark,
        "older": .days, "id": .trayItem, "what": .change, "verbose": .flag, "json": .flag, "help": .flag,
        "lang": .code(.languages),
    ]

    private static let machine: [String: InputType] = [
        "node": .node, "all": .flag, "key": .key, "minutes": .number(1...20_160), "out": .file, "data": .directory,
        "admin": .person, "admin-name": field("person.put", "name"), "listen": .address, "port": .number(0...65_535),
        "enrol-port": .number(0...65_535), "host": .host, "invitation": .contents(longest: InputType.longestFile),
        "with-keys": .flag, "backup": .directory, "keys": .file, "former": .directory, "erasures": .file,
        "admissions": .file, "declare": .flag, "do": .program, "mapping": .contents(longest: InputType.longestFile),
        "source": .text(longest: Limits.string), "dry-run": .flag, "rejects": .file, "shell": .code(.shells),
        "directory": .directory,
    ]

    private static let ofRow: [String: InputType] = [
        "appeal note text": field("note.added", "text"), "resolution issue text": field("resolution.issued", "text"),
        "answer draft text": field("answer.drafted", "text"), "control remove basis": field("control.removed", "basis"),
        "term extend to": .date, "term extend by": .person,
        "document add number": field("document.recorded", "number"),
        "department add name": field("department.put", "name"), "invite name": field("department.put", "name"),
        "init office name": field("department.put", "name"), "appeal register name": field("appeal.registered", "name"),
        "person add phone": field("person.put", "phone"), "contact add phone": field("contact.added", "phone"),
        "contact add email": field("contact.added", "email"), "appeal erase reason": field("appeal.erased", "reason"),
        "sync debts kind": .code(.debts), "tray list kind": .code(.tray),
        "appeal list index": .text(longest: Limits.string),
        "erasure confirm appeal": .appeal, "import file": .register, "backup create file": .directory,
        "backup verify file": .directory, "calendar put file": .contents(longest: InputType.longestFile),
    ]
}
