import CanonicalJSON
import Testing

@testable import Appeals

@Suite("A typed address and the register of streets")
struct AddressLookupTests {
    static let streets = [
        StreetEntry(
            id: "heroiv-ato",
            form: .street,
            name: "Героїв АТО",
            district: "Металургійний",
            former: [StreetEntry.Former(name: "Димитрова", form: .street, until: nil)],
            houses: [
                StreetEntry.Houses(from: 60, through: nil, side: .even, district: "Саксаганський"),
                StreetEntry.Houses(from: 1, through: 9, side: nil, district: "Центрально-Міський"),
            ]
        ),
        StreetEntry(
            id: "poshtovyi",
            form: .avenue,
            name: "Поштовий",
            district: nil,
            former: [StreetEntry.Former(name: "Карла Маркса", form: nil, until: "2016-02-19")],
            houses: []
        ),
        plain("myru", .avenue, "Миру"), plain("sobornosti", .street, "Соборності"),
        plain("bereznia-8", .street, "8 Березня"), plain("kvartal-95", .quarter, "95"),
        plain("sadova", .street, "Садова"), plain("sadovyi", .lane, "Садовий"),
        plain("kyivska", .street, "Київська"), plain("polia", .avenue, "Олександра Поля"),
        plain("heroiv-maidanu", .square, "Героїв Майдану"), plain("lesi", .street, "Лесі Українки"),
        plain("myru-2", .street, "Зоряна"), plain("myru-3", .street, "Зоряна"),
    ]

    private static func plain(_ id: String, _ form: StreetEntry.Form, _ name: String) -> StreetEntry {
        StreetEntry(id: id, form: form, name: name, district: nil, former: [], houses: [])
    }

    private static let found: [(typed: String, address: String)] = [
        ("вул. Героїв АТО, 30, кв. 5", "heroiv-ato:30:5"), ("вулиця Героїв АТО 30", "heroiv-ato:30"),
        ("ВУЛ. ГЕРОЇВ АТО, 30-А", "heroiv-ato:30А"), ("Героїв АТО, буд. 30 а, квартира 5", "heroiv-ato:30А:5"),
        ("вул.Героїв АТО,30/2", "heroiv-ato:30/2"), ("на вулиці Героїв АТО біля", ""),
        ("вул. Димитрова, 30", "heroiv-ato:30"), ("просп. Поштовий, 1", "poshtovyi:1"),
        ("пр-т Поштовий 1", "poshtovyi:1"), ("проспект Поштовий, будинок 1", "poshtovyi:1"),
        ("на проспекті Поштовому, 1", "poshtovyi:1"), ("просп. Карла Маркса, 64", "poshtovyi:64"),
        ("м. Кривий Ріг, просп. Миру, 12", "myru:12"), ("50000, м. Кривий Ріг, пр. Миру, 12", "myru:12"),
        ("Дніпропетровська область, м. Кривий Ріг, Довгинцівський район, просп. Миру, 12", "myru:12"),
        ("Миру просп., 12", "myru:12"), ("Миpу, 12", "myru:12"), ("вул. 8 Березня, 5", "bereznia-8:5"),
        ("вул. 8 Березня 5", "bereznia-8:5"), ("вул. 8 Березня", "bereznia-8"), ("95 квартал, 12", "kvartal-95:12"),
        ("кв-л 95, буд. 12, кв. 3", "kvartal-95:12:3"), ("вул. Садова, 3", "sadova:3"),
        ("пров. Садовий, 3", "sadovyi:3"), ("вулицю Київську, 7", "kyivska:7"),
        ("просп. Поля Олександра, 7", "polia:7"), ("пл. Героїв Майдану", "heroiv-maidanu"),
        ("вул. Лесі Українки, 3, під'їзд 2, кв. 40", "lesi:3:40:під'їзд 2"),
        ("вул. Лесі Українки, 3 корп. 2", "lesi:3 корп. 2"), ("lesi, 3", "lesi:3"),
        ("heroiv-ato 30 кв5", "heroiv-ato:30:5"),
        ("вул. Зоряна, 5 #myru-3", "myru-3:5"), ("Стара дорога, 5, кв. 2 #lesi", "lesi:5:2"),
        ("вул. Лесі Українки, 3, м. Кривий Ріг, 50000, Україна", "lesi:3"),
        ("Кривий Ріг, вул. Лесі Українки, 3", "lesi:3"), ("вул. Л. Українки, 3", "lesi:3"),
        ("О. Поля, 7, Покровський район", "polia:7"),
        ("Л. Українки, буд. 3, м. Кривий Ріг", "lesi:3"), ("у Кривому Розі вул. Лесі Українки, 3", ""),
    ]

    @Test("is found whatever its kind, its letters and its endings are written like", arguments: found)
    func finds(typed: String, address: String) {
        let found = AddressLookup(Self.streets).find(typed)
        if address.isEmpty {
            #expect(found == .none, "\(typed)")
        } else {
            var place: ResolvedAddress?
            if case .one(let one) = found { place = one }
            #expect(place?.description == address, "\(typed): \(found)")
        }
    }

    @Test(
        "stays as it was typed where the register does not know it",
        arguments: [
            "вул. Невідома, 5", "", "біля магазину", "Героїв", "вул. Героїв, 5", "12", "вул. Миру Нова, 3", ",",
            "м. Дніпро, просп. Миру, 12", "с. Новопілля, вул. Садова, 3", "м. Дніпро, Садова, 3",
            "вул. Садова, 3, м. Дніпро", "вул. Невідома, 5 #sadova-9",
        ]
    )
    func unknown(typed: String) { #expect(AddressLookup(Self.streets).find(typed) == .none, "\(typed)") }

    @Test("is offered for a choice where several streets fit, or one of another kind")
    func several() {
        let lookup = AddressLookup(Self.streets)
        #expect(lookup.find("вул. Зоряна, 5") == .several(["myru-2", "myru-3"]))
        #expect(lookup.find("вул. Миру, 5") == .several(["myru"]))
        #expect(lookup.find("вул. Українки, 5") == .several(["lesi"]))
    }

    @Test("is kept as it was typed, with what was found and the district of the house beside it")
    func kept() {
        let lookup = AddressLookup(Self.streets)
        let address = lookup.address("вул. Димитрова, 62 а, кв. 5")
        #expect(
            address.json == [
                "typed": "вул. Димитрова, 62 а, кв. 5", "street": "heroiv-ato", "house": "62А", "flat": "5",
                "district": "Саксаганський",
            ]
        )
        #expect(Address(address.json) == address)
        for typed in ["вул. Зоряна, 5", "вул. Невідома, 5"] {
            #expect(lookup.address(typed).json == .string(typed))
            #expect(Address(.string(typed)) == Address(typed: typed))
        }
        #expect(lookup.address("вул. Зоряна, 5 #myru-2").typed == "вул. Зоряна, 5")
        #expect(lookup.candidates("вул. Зоряна, 5").map(\.id) == ["myru-2", "myru-3"])
    }

    @Test("a house lies in the district of its range, or in that of the street")
    func districts() throws {
        let street = Self.streets[0]
        for (house, district) in [
            ("62", "Саксаганський"), ("61", "Металургійний"), ("5Б", "Центрально-Міський"), (nil, "Металургійний"),
        ] as [(String?, String)] { #expect(street.district(ofHouse: house) == district) }
    }

    @Test("a street is read from what it is published as")
    func json() { for street in Self.streets { #expect(StreetEntry(.object(street.json)) == street) } }
}
