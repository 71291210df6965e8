import Appeals
import CanonicalJSON

/// Addresses as the people of the city type them, and where each of them is, by hand: what the register of streets should
/// find in them.
enum TypedPlaces {
    /// The streets as they are published first; of these one is renamed later.
    static let streets: [JSONObject] = [
        ["street": "dymytrova", "form": "street", "name": "Димитрова", "district": "Металургійний"],
        [
            "street": "poshtovyi", "form": "avenue", "name": "Поштовий",
            "former": [["name": "Карла Маркса", "form": "avenue"]],
        ],
        ["street": "sadova", "form": "street", "name": "Садова"],
        ["street": "sadovyi", "form": "lane", "name": "Садовий"],
        ["street": "zoriana-1", "form": "street", "name": "Зоряна", "district": "Тернівський"],
        ["street": "zoriana-2", "form": "street", "name": "Зоряна", "district": "Інгулецький"],
    ]
    static let renamed: JSONObject = [
        "street": "dymytrova", "form": "street", "name": "Героїв АТО", "district": "Металургійний",
        "former": [["name": "Димитрова", "until": "2026-02-04"]],
    ]

    private static let spellings: [(place: [String], typed: [String])] = [
        (
            ["dymytrova", "30", "", "5"],
            [
                "вул. Димитрова, 30, кв. 5", "вулиця Димитрова, буд. 30, квартира 5", "вул. Героїв АТО, 30, кв. 5",
                "Героїв АТО 30 кв 5",
            ]
        ),
        (
            ["sadova", "12А", "", ""],
            ["вул. Садова, 12а", "вул. Садова, 12-А", "на вулиці Садовій, 12 А", "Садова 12A"]
        ),
        (["sadovyi", "12А", "", ""], ["пров. Садовий, 12а", "провулок Садовий, 12-А"]),
        (["sadova", "12", "2", ""], ["вул. Садова, 12, корп. 2", "вул. Садова 12 корпус 2"]),
        (
            ["poshtovyi", "1", "", ""],
            ["просп. Поштовий, 1", "пр-т Карла Маркса, 1", "м. Кривий Ріг, Поштовий просп., 1"]
        ),
        (["zoriana-1", "7", "", ""], ["вул. Зоряна, 7 #zoriana-1", "zoriana-1, 7"]),
    ]
    /// What fits two streets, or none: only the words can be compared.
    private static let unresolved = ["вул. Зоряна, 7", "вул. Невідома, 7"]

    /// Each as it is typed.
    static let all: [String] = spellings.flatMap(\.typed) + unresolved

    /// All ways in which people type the place that is typed so; this one alone if nobody can say where it is.
    static func spellings(of typed: String) -> [String] {
        spellings.first { $0.typed.contains(typed) }?.typed ?? [typed]
    }

    /// Where it is: street, house, block, flat; nil if nobody can say.
    static func place(of typed: String) -> [String]? {
        spellings.first {
            $0.typed.contains { $0 == typed || $0.split(separator: " #").first.map(String.init) == typed }
        }?
        .place
    }

    /// What a node made of it, in the same form; nil of words alone.
    static func found(_ value: JSON) -> [String]? {
        guard value["street"] != nil else { return nil }
        return ["street", "house", "block", "flat"].map { value[$0]?.string ?? "" }
    }
}
