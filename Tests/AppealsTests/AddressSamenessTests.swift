import CanonicalJSON
import Testing

@testable import Appeals

@Suite("Two addresses are one by the place that they mean")
struct AddressSamenessTests {
    private static let lookup = AddressLookup(AddressLookupTests.streets)

    private static let ones: [(String, String)] = [
        ("вул. Героїв АТО, 30", "вул. Димитрова, 30"), ("вул. Димитрова, 30", "Героїв АТО 30"),
        ("вулиця Героїв АТО, буд. 30, кв. 5", "вул.Димитрова,30,кв.5"), ("просп. Миру, 12", "пр-т Миру 12"),
        ("проспект Миру, 12", "на проспекті Миру, 12"), ("пр. Миру, 12", "Миру просп., буд. 12"),
        ("вул. Київська, 7", "на вулиці Київській, 7"), ("вул. Київську, 7", "ВУЛ. КИЇВСЬКА 7"),
        ("вул. Садова, 12а", "вул. Садова, 12-А"), ("вул. Садова, 12а", "вул. Садова, 12 А"),
        ("вул. Садова, 12А", "вул. Садова, 12A"), ("вул. Садова, 12 а", "вул. Садова, 12 a"),
        ("вул. Садова, 12/а", "вул. Садова 12а"), ("вул. Садова, 12, літера А", "вул. Садова, 12а"),
        ("вул. Садова, 12 а, кв. 3", "вул. Садова 12А кв 3"), ("вул. Садова, 12, 3", "вул. Садова, 12, кв. 3"),
        ("вул. Садова, 12, корп. 2", "вул. Садова, 12 корпус 2"), ("вул. Садова, буд. 12/2", "Садова 12/2"),
        ("вул. Садова, 12, під'їзд 3", "вул. Садова, 12, 3 під’їзд"),
        ("вул. Садова, 12, під. 3, поверх 2", "вул. Садова, 12, 2 поверх, 3-й під'їзд"),
        ("м. Кривий Ріг, вул. Садова, 12", "вул. Садова, 12, Саксаганський район, м. Кривий Ріг"),
        ("вул. Садова, 12 кв5", "вул. Садова, буд12, квартира 5"),
        ("вул. Зоряна, 5 #myru-2", "myru-2, 5"), ("вул. Садовa, 12", "вул. Садова, 12"),
    ]
    private static let others: [(String, String)] = [
        ("вул. Садова, 12", "пров. Садовий, 12"), ("вул. Садова, 12", "вул. Садова, 13"),
        ("вул. Садова, 12", "вул. Садова, 12а"), ("вул. Садова, 12а", "вул. Садова, 12б"),
        ("вул. Садова, 12", "вул. Садова, 12/2"), ("вул. Садова, 12", "вул. Садова, 12, корп. 2"),
        ("вул. Садова, 12, корп. 2", "вул. Садова, 12, корп. 3"), ("вул. Садова, 12", "вул. Садова, 12, кв. 5"),
        ("вул. Садова, 12, кв. 5", "вул. Садова, 12, кв. 6"), ("вул. Садова, 12, кв. 5", "вул. Садова, 12, офіс 5"),
        ("вул. Садова, 12, під'їзд 1", "вул. Садова, 12, під'їзд 3"), ("вул. Садова, 12", "вул. Садова"),
        ("вул. Садова, 12", "вул. Садова, 12, біля магазину"), ("просп. Миру, 12", "просп. Поштовий, 12"),
        ("вул. Зоряна, 5 #myru-2", "вул. Зоряна, 5 #myru-3"),
    ]
    /// Where one or both are not resolved the words decide.
    private static let byWords: [(String, String, Bool)] = [
        ("вул. Невідома, 5", "вул.  Невідома, 5", true), ("вул. Невідома, 5", "вулиця Невідома, 5", false),
        ("вул. Зоряна, 5", "вул. Зоряна, 5", true), ("вул. Зоряна, 5", "Зоряна 5", false),
        ("вул. Зоряна, 5", "вул. Зоряна, 5 #myru-2", true), ("вул. Невідома, 5", "вул. Садова, 5", false),
    ]

    private func areSame(_ one: String, _ other: String) -> Bool {
        Sameness.areSame(Self.lookup.address(one).json, Self.lookup.address(other).json)
    }

    @Test("whatever the spelling", arguments: ones)
    func meansOne(one: String, other: String) {
        for typed in [one, other] { #expect(Self.lookup.address(typed).place != nil, "\(typed)") }
        #expect(areSame(one, other) && areSame(other, one), "\(Self.lookup.find(one)) \(Self.lookup.find(other))")
    }

    @Test("and not where anything of the place differs", arguments: others)
    func meansAnother(one: String, other: String) {
        for typed in [one, other] { #expect(Self.lookup.address(typed).place != nil, "\(typed)") }
        #expect(!areSame(one, other) && !areSame(other, one), "\(Self.lookup.find(one)) \(Self.lookup.find(other))")
    }

    @Test("and by the words where a place is not known", arguments: byWords)
    func unresolved(one: String, other: String, isSame: Bool) {
        #expect(areSame(one, other) == isSame && areSame(other, one) == isSame)
    }

    @Test("the numbers of a place have one spelling each, else the value is refused")
    func form() {
        func refusal(_ value: JSON) -> String? {
            do throws(Refusal) {
                try Schema.check(value, .address, path: "address")
                return nil
            } catch { return error.reason.rawValue }
        }
        let place: JSONObject = ["typed": "вул. Садова, 12а", "street": "sadova", "house": "12А"]
        #expect(refusal(.object(place)) == nil && refusal("вул. Садова, 12а") == nil)
        for (part, value, reason) in [
            ("house", "12а", "wrongType"), ("house", "12 А", "wrongType"), ("flat", "", "wrongType"),
            ("block", "корп. 2", "wrongType"), ("flat", "12345678901234567", "wrongType"), ("house", 12, "wrongType"),
            ("street", "вул. Садова", "wrongType"), ("city", "Київ", "unknownField"),
        ] as [(String, JSON, String)] {
            var wrong = place
            wrong[part] = value
            #expect(refusal(.object(wrong)) == reason, "\(part) \(value.canonicalText)")
        }
        #expect(refusal(["typed": "вул. Садова, 12а"]) == "missingField")
    }
}
