import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// What a node has of its exchange in its store: positions that the other side has acknowledged, and what waits for people.
struct SyncFacts {
    let isOffice: Bool
    /// Own operations without an outcome of the office, and when the oldest was authored, unix milliseconds.
    let unsent: Int64
    let oldest: Int64?
    /// Own operations that the office has acknowledged since there was last nothing to send.
    let sent: Int64
    /// What people must look at, counted up to `Desk.countedAtMost`.
    let alerts: Int
    let disputes: Int64
    /// Why the office takes no work.
    let isStopped: Bool
    /// Whether the disk of the node is nearly full.
    let isShortOfRoom: Bool
    /// At the office: nodes that have not read all that was published to them, and how many there are.
    let behind: Int
    let nodes: Int

    /// `status`: what the running node says of itself.
    init(_ desk: Desk, _ reading: any StoreReading, status: JSON?) throws {
        isShortOfRoom = status?["isShortOfRoom"]?.bool ?? false
        let outbox = try desk.outbox(reading)
        isOffice = desk.isOffice
        (unsent, oldest) = (outbox.count, outbox.oldest)
        sent = try Self.sent(since: status?["settled"], reading)
        alerts = try TrayKind.alerts.reduce(0) {
            $0 + (try desk.shownTray($1, after: 0, limit: Desk.countedAtMost, reading).count)
        }
        var open = ListFilter()
        open.disputed = true
        disputes = try desk.listed(reading).count(open)
        isStopped = try reading.value(Values.stopped) != nil
        (behind, nodes) = try desk.readersBehind(reading)
    }

    /// What the office has acknowledged of a log since its link had nothing to send.
    private static func sent(since settled: JSON?, _ reading: any StoreReading) throws -> Int64 {
        guard let number = settled?["number"]?.integer, let log = settled?["origin"]?.string.flatMap({ Origin($0) }),
            let own = try reading.origin(log)
        else { return 0 }
        return max(0, own.acknowledged - number)
    }

    /// Of a node in a test.
    init(
        isOffice: Bool = false,
        unsent: Int64 = 0,
        sent: Int64 = 0,
        oldest: Int64? = nil,
        alerts: Int = 0,
        disputes: Int64 = 0,
        isStopped: Bool = false,
        isShortOfRoom: Bool = false,
        behind: Int = 0,
        nodes: Int = 0
    ) {
        self.isOffice = isOffice
        self.unsent = unsent
        self.sent = sent
        self.oldest = oldest
        self.alerts = alerts
        self.disputes = disputes
        self.isStopped = isStopped
        self.isShortOfRoom = isShortOfRoom
        self.behind = behind
        self.nodes = nodes
    }
}

/// What the running node says of its link to the office.
enum LinkFacts: Equatable {
    /// It has not talked yet since it started.
    case unknown
    /// The last exchange was then, unix milliseconds, and nothing is in its way.
    case connected(Int64)
    /// What is in its way, in words; the last exchange was then, 0: never.
    case away(Int64, String)

    /// Of what the running node says of itself.
    init(_ status: JSON?) {
        guard let status else {
            self = .unknown
            return
        }
        let contact = status["contact"]?.integer ?? 0
        let obstacle = status["obstacle"]?.string ?? ""
        self = !obstacle.isEmpty ? .away(contact, obstacle) : contact > 0 ? .connected(contact) : .unknown
    }
}

/// How the exchange stands, in a sign and a word: grey is calm, amber needs a person, red is late.
///
/// «Синхронізовано» stands only where the office has acknowledged all own work; what a request brought decides nothing.
struct SyncChip: Equatable {
    enum Drawing: String {
        case done = "sync sync-ok"
        case sending = "sync sync-send"
        case offline = "sync sync-off"
        case need = "sync sync-need"
        case late = "sync sync-late"
    }

    let drawing: Drawing
    let icon: Icon
    let words: Label
    let place: String

    /// Own work that has waited so long is late, milliseconds.
    static let lateAfter: Int64 = 86_400_000

    private init(_ drawing: Drawing, _ icon: Icon, to place: String = "/sync", _ words: Label) {
        self.drawing = drawing
        self.icon = icon
        self.place = place
        self.words = words
    }

    /// What needs a person comes before what waits, and that before what is done.
    init(_ facts: SyncFacts, _ link: LinkFacts, now: Int64) {
        if facts.isStopped {
            self = Self(.late, .alert, Label(uk: "Центр не приймає роботи", en: "The office takes no work"))
        } else if let oldest = facts.oldest, now - oldest >= Self.lateAfter {
            let hours = (now - oldest) / 3_600_000
            self = Self(
                .late,
                .alert,
                Label(uk: "Не передано \(hours) год. Що робити", en: "Not sent for \(hours) h. What to do")
            )
        } else if facts.isShortOfRoom {
            self = Self(.need, .alert, Label(uk: "Мало місця на диску", en: "Little room on the disk"))
        } else if facts.alerts > 0 {
            self = Self(.need, .alert, Counted.needs(facts.alerts))
        } else if facts.disputes > 0 {
            self = Self(.need, .differ, to: "/queues/decisions", Counted.disputes(Int(clamping: facts.disputes)))
        } else if facts.isOffice {
            self = Self.office(facts, now: now)
        } else {
            self = Self.department(facts, link)
        }
    }

    private static func office(_ facts: SyncFacts, now: Int64) -> SyncChip {
        facts.behind == 0
            ? SyncChip(.done, .check, Label(uk: "Підрозділи прочитали все", en: "Departments have read all"))
            : SyncChip(
                .sending,
                .sync,
                Label(
                    uk: "Прочитали все: \(facts.nodes - facts.behind) з \(facts.nodes)",
                    en: "Have read all: \(facts.nodes - facts.behind) of \(facts.nodes)"
                )
            )
    }

    private static func department(_ facts: SyncFacts, _ link: LinkFacts) -> SyncChip {
        let unsent = Int(clamping: facts.unsent)
        switch link {
        case .unknown where unsent == 0: return SyncChip(.offline, .ring, Label(uk: "Перевіряємо", en: "Checking"))
        case .connected(let at) where unsent == 0:
            return SyncChip(
                .done,
                .check,
                Label(uk: "Синхронізовано ", en: "Synced ") + Label(Counted.time(at))
            )
        case .connected: return SyncChip(.sending, .sync, Counted.sending(unsent, sent: Int(clamping: facts.sent)))
        case .unknown, .away: break
        }
        guard unsent == 0 else { return SyncChip(.offline, .ring, Counted.saved(unsent)) }
        guard case .away(let at, _) = link, at > 0 else {
            return SyncChip(
                .offline,
                .ring,
                Label(uk: "Офлайн. Центру ще не чули", en: "Offline. The office not heard yet")
            )
        }
        return SyncChip(
            .offline,
            .ring,
            Label(uk: "Офлайн. Дані станом на ", en: "Offline. Data as of ") + Label(Counted.time(at))
        )
    }
}

extension WebCall {
    /// The chip as a link to what it tells of; a part of its own.
    func chip(_ chip: SyncChip) -> Markup {
        tag(
            "a",
            ["class": chip.drawing.rawValue, "href": chip.place, "role": "status", "data-part": "chip", "id": "chip"]
        ) {
            icon(chip.icon)
            tag("span") { say(chip.words) }
        }
    }
}
