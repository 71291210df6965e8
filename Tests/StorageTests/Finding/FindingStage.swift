import Appeals
import CanonicalJSON
import Finding
import Replication

/// Appeals of random words, the same from the same seed.
struct FindingStage {
    private var random: Draws

    init(seed: UInt64) { random = Draws(seed: seed) }

    static let space = "slice:zhkg"
    static let words = [
        "вода", "вода тече", "води", "дах", "тече", "опалення", "опаленням", "ліхтар", "подвір'я", "сміття", "яма",
        "дорога", "шум",
    ]
    static let names = ["Кіт Олег", "Кота Марія Іванівна", "Швець Р. П.", "Левицька Ганна"]
    static let streets = ["вул. Спаська, 14-А", "просп. Миру, 14", "вул. Спаська, 7"]
    static let people = ["olha", "ivan"]

    /// One of sixty appeals, of which some are of one day and one moment, so that their order goes by their keys.
    mutating func key() -> String { Self.key(random.next(60)) }

    static func key(_ number: Int) -> String {
        let digits = String(number)
        let stamp = String(repeating: "0", count: 4 - digits.count) + digits
        return "0193\(stamp)-0000-7000-8000-00000000\(stamp)"
    }

    mutating func row() -> Row {
        let key = key()
        return row(key, day: "2026-11-0\(1 + key.utf8.reduce(0) { $0 + Int($1) } % 3)")
    }

    /// The appeal of this name, its text, name, street, telephone, complaint and department drawn anew.
    mutating func row(_ key: String, day: String, text: String? = nil) -> Row {
        var appeal = Appeals.Aggregate(id: key)
        func set(_ name: String, _ value: JSON) {
            appeal[.registers, name] = Item(value: value, write: "zhkg#5b1e90c2:1", commit: 1)
        }
        set("registeredOn", .string(day))
        set("index", .string("К-\(random.next(40))"))
        let count = 1 + random.next(6)
        set("text", .string(text ?? (0..<count).map { _ in random.one(of: Self.words) }.joined(separator: " ")))
        set("applicant.name", .string(random.one(of: Self.names)))
        set("applicant.address", .string(random.one(of: Self.streets)))
        set("contact.phone@1", .string("+38050000000\(random.next(9))"))
        if random.next(4) == 0 {
            set("complainedAgainst", .array([["person": .string(random.one(of: Self.people)), "department": "zhkg"]]))
        }
        let department = random.one(of: ["zhkg", "drim"])
        set("mainExecutor", "a")
        set("department@a", .string(department))
        return Row(appeal)
    }

    mutating func change(_ store: any StoreTransaction) throws {
        let generation = Int64(random.next(2))
        switch random.next(12) {
        case 0...8: try store.putRow(Self.space, generation: generation, row())
        case 9: try store.putRow(Space.suspended, generation: 0, row())
        case 10: _ = try store.deleteRows(Self.space, generation: generation, limit: random.next(5))
        default: try store.deleteRow(Self.space, generation: generation, key: key())
        }
    }

    static let queries = [
        "вода", "\"вода тече\"", "спаській 14а", "кота", "швецю р. п.", "050 000 00 01", "К-7", "7", "опал*",
        "дах ліхтарі",
        "подвірʼя", "левиц*", "00000001", "жовтий",
    ]

    /// What every query finds, page after page, under every filter; each page as text.
    static func found(_ reading: any StoreReading, limit: Int) throws -> [String] {
        var hidden = ListFilter(), open = ListFilter(), limited = ListFilter(), one = ListFilter()
        hidden.hiddenFrom = ["olha"]
        open.isOpenToAll = true
        limited.mains = ["drim"]
        (one.main, one.mains) = ("drim", ["drim", "zhkg"])
        var lines: [String] = []
        for (space, generation) in [(space, Int64(0)), (space, 1), (Space.suspended, 0)] {
            for filter in [ListFilter(), hidden, open, limited, one] {
                for typed in queries {
                    guard let query = SearchQuery(typed) else { continue }
                    var place: RowPlace?
                    repeat {
                        let page = try reading.find(
                            space,
                            generation: generation,
                            RowSearch(query, filter: filter),
                            after: place,
                            limit: limit
                        )
                        place = page.next
                        let keys = page.rows.map { String($0.key.suffix(4)) }
                        lines.append("\(space) \(generation) \(typed): \(keys) then \(place?.key ?? "no more")")
                    } while place != nil
                }
            }
        }
        return lines
    }
}
