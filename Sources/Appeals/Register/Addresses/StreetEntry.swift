public import CanonicalJSON

/// A street of the city as the office publishes it: what it is called now, what it was called, and where it runs.
public struct StreetEntry: Sendable, Equatable {
    /// What it is: the code of the register and how it is written before a name.
    public enum Form: String, Sendable, CaseIterable {
        case street, avenue, lane, boulevard, square, embankment, highway, driveway, blindAlley, descent, quarter
        case microdistrict, entrance, alley

        /// Reads a code, or the word as people write it: `вул.`, `проспект`; nil if it is neither.
        public init?(typed: String) {
            guard let form = Self(rawValue: typed) ?? AddressWords.form(typed) else { return nil }
            self = form
        }

        /// As it stands before the name, such as `вул.` or `просп.`.
        public var abbreviation: String {
            switch self {
            case .street: "вул."
            case .avenue: "просп."
            case .lane: "пров."
            case .boulevard: "бул."
            case .square: "пл."
            case .embankment: "наб."
            case .highway: "шосе"
            case .driveway: "проїзд"
            case .blindAlley: "тупик"
            case .descent: "узвіз"
            case .quarter: "кв-л"
            case .microdistrict: "мкр."
            case .entrance: "в'їзд"
            case .alley: "алея"
            }
        }
    }

    /// A name that the street had, through that day; nil where nobody says when it was renamed.
    public struct Former: Sendable, Equatable {
        public let name: String
        public let form: Form?
        public let until: String?

        public init(name: String, form: Form?, until: String?) {
            self.name = name
            self.form = form
            self.until = until
        }
    }

    /// Houses of one side or of both that lie in a district.
    public struct Houses: Sendable, Equatable {
        /// Which numbers of the range: all, or those of one side.
        public enum Side: String, Sendable, CaseIterable { case odd, even }

        public let from: Int64
        /// Nil: as far as the street goes.
        public let through: Int64?
        public let side: Side?
        public let district: String

        public init(from: Int64, through: Int64?, side: Side?, district: String) {
            self.from = from
            self.through = through
            self.side = side
            self.district = district
        }

        func contains(_ number: Int64) -> Bool {
            guard number >= from, through.map({ number <= $0 }) ?? true else { return false }
            switch side {
            case nil: return true
            case .odd: return number % 2 == 1
            case .even: return number % 2 == 0
            }
        }
    }

    public let id: String
    public let form: Form
    public let name: String
    /// Where it lies, as issues name their district; nil if that is known of its houses only.
    public let district: String?
    public let former: [Former]
    public let houses: [Houses]

    public init(id: String, form: Form, name: String, district: String?, former: [Former], houses: [Houses]) {
        self.id = id
        self.form = form
        self.name = name
        self.district = district
        self.former = former
        self.houses = houses
    }

    /// With its kind before it, such as `вул. Героїв АТО`.
    public var title: String { form.abbreviation + " " + name }

    /// The district of a house, by its number; that of the street if no range has it.
    public func district(ofHouse house: String?) -> String? {
        let number = house.flatMap { Int64($0.prefix { $0.isNumber }) }
        return number.flatMap { number in houses.first { $0.contains(number) }?.district } ?? district
    }

    /// The body of the act that publishes it.
    public var json: JSONObject {
        var body: JSONObject = ["street": .string(id), "form": .string(form.rawValue), "name": .string(name)]
        body["district"] = district.map(JSON.string)
        if !former.isEmpty {
            body["former"] = .array(
                former.map { former in
                    var object: JSONObject = ["name": .string(former.name)]
                    object["form"] = former.form.map { .string($0.rawValue) }
                    object["until"] = former.until.map(JSON.string)
                    return .object(object)
                }
            )
        }
        if !houses.isEmpty {
            body["houses"] = .array(
                houses.map { houses in
                    var object: JSONObject = ["from": .integer(houses.from), "district": .string(houses.district)]
                    object["through"] = houses.through.map(JSON.integer)
                    object["side"] = houses.side.map { .string($0.rawValue) }
                    return .object(object)
                }
            )
        }
        return body
    }

    /// Reads an entry of `reference`; nil if it is none of a street.
    public init?(_ entry: JSON) {
        guard let id = entry["street"]?.string, let name = entry["name"]?.string,
            let form = entry["form"]?.string.flatMap(Form.init(rawValue:))
        else { return nil }
        self.init(
            id: id,
            form: form,
            name: name,
            district: entry["district"]?.string,
            former: (entry["former"]?.array ?? []).compactMap { former in
                former["name"]?.string.map {
                    Former(
                        name: $0,
                        form: former["form"]?.string.flatMap(Form.init(rawValue:)),
                        until: former["until"]?.string
                    )
                }
            },
            houses: (entry["houses"]?.array ?? []).compactMap { houses in
                guard let from = houses["from"]?.integer, let district = houses["district"]?.string else { return nil }
                return Houses(
                    from: from,
                    through: houses["through"]?.integer,
                    side: houses["side"]?.string.flatMap(Houses.Side.init(rawValue:)),
                    district: district
                )
            }
        )
    }
}
