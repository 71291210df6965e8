import Appeals
import CanonicalJSON
import Desk
import Replication

/// `sync now`, `sync explain`.
extension Commands {
    static let syncNow = Command(
        "sync now",
        uk: "Обмінятися з Центром зараз",
        en: "Exchange with the office now",
        place: .running,
        lane: .acting,
        example: "kartoteka sync now"
    ) { call in
        guard let running = call.context.running, !call.isOffice else {
            guard !call.isOffice else {
                throw DeskError(
                    .failed,
                    "officeWaits",
                    uk: "Центр не дзвонить підрозділам: вони звертаються самі",
                    en: "the office does not call departments: they call it",
                    remedy: Label(uk: "Далі: kartoteka sync status", en: "Next: kartoteka sync status")
                )
            }
            throw DeskError(
                .unreachable,
                "notRunning",
                uk: "вузол не запущено, тож обмінюватися нікому",
                en: "the node is not running",
                remedy: Label(uk: "Далі: kartoteka serve", en: "Next: kartoteka serve")
            )
        }
        let problem = running.hurry(call.language)
        let members: JSONObject = ["problem": .string(problem), "next": "kartoteka sync status"]
        let text =
            problem.isEmpty
            ? call.say(
                "Обмін розпочато. Далі: kartoteka sync status",
                "The exchange has begun. Next: kartoteka sync status"
            )
            : call.say("Центр недосяжний: ", "The office cannot be reached: ") + problem
        return CommandResult(members, text: text, exit: problem.isEmpty ? .ok : .unreachable)
    }

    static let syncExplain = Command(
        "sync explain",
        uk: "Пояснити, де зараз зміна",
        en: "Explain where a change is",
        operands: [
            .required(
                "what",
                "APPEAL|WRITE",
                uk: "звернення або назва дії: zhkg#5b1e90c2:12",
                en: "an appeal, or an operation: zhkg#5b1e90c2:12"
            )
        ],
        options: [.reader, .limit],
        example: "kartoteka sync explain К-101"
    ) { call in
        try call.desk.read { reading in
            let name = try call.required("what")
            if let write = WriteName(name) {
                guard let record = try reading.operation(write.origin, write.number),
                    try !call.desk.isKept(record.appeal ?? "", reading)
                else {
                    throw DeskError(
                        .notFound,
                        "unknownWrite",
                        uk: "дії «\(name)» тут немає",
                        en: "there is no operation \"\(name)\" here"
                    )
                }
                let path = try Path(call, record, reading)
                return CommandResult(["operation": path.json], lines: path.lines(call))
            }
            return try call.explainAppeal(name, reading)
        }
    }
}

extension Call {
    fileprivate func explainAppeal(_ name: String, _ reading: any StoreReading) throws -> CommandResult {
        let id = try desk.find(name, reading)
        let limit = try limit()
        var lines: [String] = []
        var members: JSONObject = ["id": .string(id)]
        if let stub = try reading.stub(id) {
            lines.append(
                say(
                    "Звернення вибуло з цього вузла; ще зберігаються власні дії: ",
                    "The appeal left this node; own operations kept: "
                ) + "\(stub.kept)"
            )
            members["left"] = .bool(true)
        }
        let records = try reading.operations(appeal: id, limit: limit)
        guard try !records.isEmpty || desk.shown(id, reading) != nil || members["left"] != nil else {
            throw Desk.unknown(name, wasHere: false)
        }
        let paths = try records.map { try Path(self, $0, reading) }
        for path in paths { lines += path.lines(self) }
        members["operations"] = .array(paths.map(\.json))
        if isOffice {
            let holders = try reading.tenures(key: id).filter(\.isOpen)
            members["holders"] = .array(holders.map { .string($0.stream) })
            lines.append(
                say("Тримають: ", "Held by: ")
                    + (holders.isEmpty ? "—" : holders.map { "\($0.stream) (\($0.view))" }.joined(separator: ", "))
            )
        } else if let slice = try reading.stream(Space.slice(context.node)) {
            members["commit"] = .integer(slice.commit)
            lines.append(
                say("Підтверджений стан — за рішенням № ", "The confirmed state is as of commit ") + "\(slice.commit)"
            )
        }
        return CommandResult(members, lines: lines)
    }
}

/// The way of one operation: saved, sent, decided, durable, visible, read by others.
private struct Path {
    struct Step {
        let name: String
        let isDone: Bool
        let text: Label
    }

    let told: ToldOperation
    let steps: [Step]

    init(_ call: Call, _ record: OperationRecord, _ reading: any StoreReading) throws {
        told = ToldOperation(record)
        steps = try call.isOffice ? Self.office(record, reading) : Self.department(record, call.context.node, reading)
    }

    /// From the office to those who hold the appeal.
    private static func office(_ record: OperationRecord, _ reading: any StoreReading) throws -> [Step] {
        let decided = Label(uk: "вирішено, № \(record.commit)", en: "decided, commit \(record.commit)")
        var steps = [
            Step(name: "received", isDone: true, text: Label(uk: "Центр отримав", en: "received by the office")),
            Step(name: "decided", isDone: true, text: decided),
        ]
        for tenure in try record.appeal.map({ try reading.tenures(key: $0) }) ?? [] where tenure.isOpen {
            var last: EntryRecord?
            try reading.each(
                of: {
                    try reading.entries(
                        tenure.stream,
                        key: tenure.key,
                        after: $0?.sequence ?? tenure.opened - 1,
                        limit: $1
                    )
                }
            ) { if $0.commit <= record.commit { last = $0 } }
            guard let entry = last else { continue }
            let reader = try reading.first(
                of: { try reading.readers(stream: tenure.stream, after: $0?.node ?? "", limit: $1) },
                where: { $0.sequence >= entry.sequence }
            )
            let isRead = reader != nil
            let text = Label(
                uk: "\(tenure.stream): запис \(entry.sequence) прочитано",
                en: "\(tenure.stream): entry \(entry.sequence) was read"
            )
            steps.append(Step(name: tenure.stream, isDone: isRead, text: text))
        }
        return steps
    }

    /// From the department's log to the confirmed state that comes back.
    private static func department(
        _ record: OperationRecord,
        _ node: String,
        _ reading: any StoreReading
    ) throws -> [Step] {
        let origin = try reading.origin(record.origin)
        let isSent = record.number <= origin?.acknowledged ?? 0 || record.status != nil
        let seen = try reading.stream(Space.slice(node))?.commit ?? 0
        let steps = [
            ("saved", true, Label(uk: "збережено на цьому вузлі", en: "saved on this node")),
            (
                "acknowledged", isSent,
                Label(uk: "Центр отримав і підтвердив", en: "received and acknowledged by the office")
            ),
            ("decided", record.status != nil, Label(uk: "Центр вирішив", en: "decided by the office")),
            (
                "durable", record.number <= origin?.durable ?? 0,
                Label(uk: "збережено у двох місцях", en: "durable in two places")
            ),
            (
                "visible", record.status != nil && record.commit <= seen,
                Label(uk: "видно у підтвердженому стані", en: "visible in the confirmed state")
            ),
        ]
        return steps.map { Step(name: $0.0, isDone: $0.1, text: $0.2) }
    }

    var json: JSON {
        var object = told.json.object ?? JSONObject()
        object["steps"] = .array(steps.map { ["step": .string($0.name), "done": .bool($0.isDone)] })
        return .object(object)
    }

    func lines(_ call: Call) -> [String] {
        [told.line(call)] + steps.map { ($0.isDone ? "  ✓ " : "  … ") + call.say($0.text) }
    }
}
