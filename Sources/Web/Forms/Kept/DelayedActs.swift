import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// An act that is filled and begins in half a minute, unless whoever filled it takes it back.
///
/// The node keeps it, with its time, in its own store: nothing is authored before, and a restart goes on with the rest of the time.
struct DelayedAct {
    static let seconds = 30
    /// Acts of one person that wait at a time.
    static let most = 20

    let row: UseCase
    let arguments: JSONObject
    /// A UUID under which it is done once.
    let command: String
    /// What the form showed (`CardMark`).
    let mark: String
    /// The appeal's id.
    let appeal: String
    /// Where a letter goes; empty for what goes nowhere.
    let address: String

    func key(_ user: String) -> String { user + "/" + command }

    /// As the store keeps it, with who acts and through what.
    func record(_ person: SignedIn, at time: Int64) -> LocalRecord {
        var object: JSONObject = [
            "row": .string(row.name), "arguments": .object(arguments), "command": .string(command),
            "mark": .string(mark), "address": .string(address), "user": .string(person.user),
            "via": .string(person.via.description),
        ]
        object["role"] = person.role.map(JSON.string)
        return LocalRecord(
            .delayed,
            key(person.user),
            appeals: [appeal].filter { !$0.isEmpty },
            until: time,
            bytes: JSON.object(object).canonicalBytes()
        )
    }

    /// Of a record; nil for what another version wrote.
    init?(_ record: LocalRecord) {
        let object: JSONObject?
        do { object = try JSON(parsing: record.bytes, limits: .general).object } catch { return nil }
        guard let object, let row = object["row"]?.string.flatMap({ name in CardActs.rows.first { $0.name == name } }),
            let arguments = object["arguments"]?.object, let command = object["command"]?.string
        else { return nil }
        self.init(
            row: row,
            arguments: arguments,
            command: command,
            mark: object["mark"]?.string ?? "",
            appeal: record.appeals.first ?? "",
            address: object["address"]?.string ?? ""
        )
    }

    init(row: UseCase, arguments: JSONObject, command: String, mark: String, appeal: String, address: String) {
        self.row = row
        self.arguments = arguments
        self.command = command
        self.mark = mark
        self.appeal = appeal
        self.address = address
    }

    /// What was filled in, as its form sends it.
    var words: FormBody {
        FormBody(arguments.members.compactMap { name, value in value.string.map { (name: name, value: $0) } })
    }

    /// Who filled it; nil for what another version wrote.
    static func person(_ record: LocalRecord) -> SignedIn? {
        let object: JSONObject?
        do { object = try JSON(parsing: record.bytes, limits: .general).object } catch { return nil }
        guard let user = object?["user"]?.string, let via = object?["via"]?.string.flatMap({ Via($0) }) else {
            return nil
        }
        return SignedIn(user: user, role: object?["role"]?.string, via: via)
    }

    /// Why it was not done, as the record keeps it; nil while it waits.
    static func failure(_ record: LocalRecord) -> Label? {
        do {
            guard let failed = try JSON(parsing: record.bytes, limits: .general)["failed"],
                let uk = failed["uk"]?.string, let en = failed["en"]?.string
            else { return nil }
            return Label(uk: uk, en: en)
        } catch { return nil }
    }
}

/// Acts that wait half a minute.
enum DelayedActs {
    static let routes = [
        Route("POST", "/delayed/{command}/cancel", longest: FormBody.longest) { try $0.cancelDelayed() }
    ]
}

extension Web {
    /// When the half minute of the first act that waits is over, unix milliseconds; nil if none waits.
    package func nextDelayed() throws -> Int64? {
        try site.context.store.read { try $0.locals(.delayed, endedBy: .max, limit: 1) }.first?.until
    }

    /// Carries out the acts whose half minute is over; on the lane that acts, about once a second.
    ///
    /// One that the rules refuse stays with the reason, for whoever filled it. Throws a `StoreError`; those that were done stay done.
    package func carryOutDelayed() throws {
        let due = try site.context.store.read { try $0.locals(.delayed, endedBy: site.now, limit: DelayedAct.most) }
        for record in due { try carryOut(record) }
    }

    /// The same where nobody waits for it: trouble is taken down, and the next second tries again.
    package func carryOut() {
        do { try carryOutDelayed() } catch { site.report(error, "delayed") }
    }

    private func carryOut(_ record: LocalRecord) throws {
        guard let act = DelayedAct(record), let person = DelayedAct.person(record) else {
            return try site.context.store.write { try $0.deleteLocal(.delayed, record.key) }
        }
        let call = WebCall(
            site: site,
            request: WebRequest(method: "POST", path: ""),
            parameters: [:],
            person: person,
            language: site.context.language
        )
        let outcome = call.run(act)
        try site.context.store.write { transaction in
            // Taken back in the meantime, it was not there to be carried out.
            switch outcome {
            case .done: try transaction.deleteLocal(.delayed, record.key)
            case .refused(let errors): try transaction.putLocal(try record.failed(errors.first))
            }
        }
    }
}

extension LocalRecord {
    /// The same with why it was not done; it waits for no time any more.
    fileprivate func failed(_ error: DeskError?) throws -> LocalRecord {
        var object = try JSON(parsing: bytes, limits: .general).object ?? JSONObject()
        let label = error.map { Label(uk: $0.message.label.uk, en: $0.message.label.en) } ?? Label("")
        object["failed"] = ["uk": .string(label.uk), "en": .string(label.en)]
        var record = self
        record.until = 0
        record.bytes = JSON.object(object).canonicalBytes()
        return record
    }
}

extension WebCall {
    /// Does an act that waited, on the ground of what its form showed.
    fileprivate func run(_ act: DelayedAct) -> ActOutcome {
        let shown: ShownAppeal
        do { shown = try desk.read { try desk.shownAppeal(act.appeal, $0) } } catch {
            return ActOutcome(DeskError(error))
        }
        let asking = Asking(command: act.command, shown: CardMark.writes(act.mark, of: shown))
        return run(act.row, act.arguments, asking)
    }

    /// Keeps an act for half a minute.
    func delay(_ act: DelayedAct) throws {
        guard let person else { return }
        let record = act.record(person, at: now + Int64(DelayedAct.seconds) * 1000)
        try site.context.store.write { try $0.putLocal(record) }
    }

    /// Takes an act back that has not begun; what was filled in is on its page again.
    fileprivate func cancelDelayed() throws -> WebReply {
        let key = (person?.user ?? "") + "/" + (parameters["command"] ?? "")
        let act = try site.context.store.write { transaction -> DelayedAct? in
            guard let record = try transaction.local(.delayed, key) else { return nil }
            try transaction.deleteLocal(.delayed, key)
            guard let act = DelayedAct(record) else { return nil }
            let name = draftName(act.row, act.appeal), page = ActPlace.of(act.row, act.appeal)
            try transaction.putLocal(draftRecord(name, act.words, page))
            return act
        }
        guard let act else {
            let title = say("Скасувати вже не можна", "It is too late to cancel")
            return page(title, status: 410) {
                tag("h1") { title }
                tag("p") { say("Дію вже виконано або скасовано раніше.", "It was done, or cancelled before.") }
            }
        }
        return .seeOther(ActPlace.of(act.row, act.appeal, ["draft": "1"]))
    }

    /// Acts of whoever is signed in that wait for an appeal, each with the way to take it back, and those that were refused.
    func waitingActs(_ appeal: String) throws -> Markup {
        guard let user = person?.user else { return Markup() }
        let records = try site.context.store.read { reading in
            try reading.locals(.delayed, beginning: user + "/", after: "", limit: DelayedAct.most)
        }
        return Markup(records.filter { $0.appeals == [appeal] }.compactMap(waitingAct))
    }

    private func waitingAct(_ record: LocalRecord) -> Markup? {
        guard let act = DelayedAct(record) else { return nil }
        let failure = DelayedAct.failure(record)
        let words = say(ActWords.verb(act.row)) + (act.address.isEmpty ? "" : ": " + act.address)
        return tag("div", ["class": failure == nil ? "note note-out" : "note note-red", "role": "status"]) {
            tag("div", ["class": "tight"]) {
                if let failure {
                    tag("b") { say("Не надіслано. ", "Not sent. ") + say(failure).capitalizedFirst }
                } else {
                    tag("b") { words + say(". Почнеться о ", ". Begins at ") + time(record.until) }
                }
                button(
                    failure == nil ? say("Скасувати", "Cancel") : say("Прибрати", "Dismiss"),
                    at: "/delayed/\(act.command)/cancel"
                )
            }
        }
    }

    /// `11:20:30` in Kyiv.
    private func time(_ instant: Int64) -> String {
        guard let time = KyivTime.moment(at: instant)?.time else { return "" }
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }
}
