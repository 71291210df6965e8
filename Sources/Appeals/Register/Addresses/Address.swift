public import CanonicalJSON

/// An address of a card: what was typed, which is evidence, and beside it the place that the register of streets of the
/// author's node found in it.
///
/// As a value it is an object (`typed`, `street`, and `house`, `block`, `flat`, `more`, `district` where there are such), or
/// the typed text alone if no place was found.
public struct Address: Hashable, Sendable {
    /// As it was typed.
    public let typed: String
    /// Nil: not resolved, nothing in the register fits or several streets do.
    public let place: ResolvedAddress?
    /// Where the place lay by that register; no part of what is compared.
    public let district: String?

    public init(typed: String, place: ResolvedAddress? = nil, district: String? = nil) {
        self.typed = typed
        self.place = place
        self.district = district
    }

    /// Reads a value; nil if it is none of an address.
    public init?(_ value: JSON) {
        if let typed = value.string {
            self.init(typed: typed)
            return
        }
        guard let typed = value["typed"]?.string, let street = value["street"]?.string else { return nil }
        let place = ResolvedAddress(
            street: street,
            house: value["house"]?.string,
            block: value["block"]?.string,
            flat: value["flat"]?.string,
            more: value["more"]?.string
        )
        self.init(typed: typed, place: place, district: value["district"]?.string)
    }

    /// The value that a card keeps.
    public var json: JSON {
        guard let place else { return .string(typed) }
        var object = place.json
        object["typed"] = .string(typed)
        object["district"] = district.map(JSON.string)
        return .object(object)
    }

    /// Whether two values mean one address, however it is spelled: by the place where both are resolved, else by the words.
    ///
    /// The one comparison of addresses; false for what is none.
    public static func areSame(_ one: JSON, _ other: JSON) -> Bool {
        guard let one = Address(one), let other = Address(other) else { return false }
        if let place = one.place, let otherPlace = other.place { return place.isSame(as: otherPlace) }
        return Sameness.folded(one.typed) == Sameness.folded(other.typed)
    }
}

/// A place that the register of streets knows: comparisons go by it, never by how it was typed.
public struct ResolvedAddress: Hashable, Sendable, CustomStringConvertible {
    /// The street's id.
    public let street: String
    /// `30А`, `12/2`; nil if none was typed.
    public let house: String?
    /// The block of a house: the 2 of `корп. 2`.
    public let block: String?
    public let flat: String?
    /// What else was said of the place, in small letters: `під'їзд 2`; nil if nothing was.
    public let more: String?

    public init(street: String, house: String? = nil, block: String? = nil, flat: String? = nil, more: String? = nil) {
        self.street = street
        self.house = house
        self.block = block
        self.flat = flat
        self.more = more
    }

    /// `heroiv-ato:30А:5`, of a block `heroiv-ato:30 корп. 2`; without a flat and a house `heroiv-ato`.
    public var description: String {
        let house = house.map { $0 + (block.map { " корп. " + $0 } ?? "") }
        return [street, house, flat, more].compactMap(\.self).joined(separator: ":")
    }

    /// As it is written after the name of the street: `30А, корп. 2, кв. 5, під'їзд 2`.
    public var rest: String {
        [house, block.map { "корп. " + $0 }, flat.map { "кв. " + $0 }, more].compactMap(\.self).joined(separator: ", ")
    }

    var json: JSONObject {
        var object: JSONObject = ["street": .string(street)]
        for (name, part) in [("house", house), ("block", block), ("flat", flat), ("more", more)] {
            object[name] = part.map(JSON.string)
        }
        return object
    }

    /// Whether both are one place; what stands beside the numbers is compared as words are.
    func isSame(as other: ResolvedAddress) -> Bool {
        (street, house, block, flat) == (other.street, other.house, other.block, other.flat)
            && more.map(Sameness.folded) == other.more.map(Sameness.folded)
    }

    /// The characters of a number, at most.
    static let longestNumber = 16

    /// Whether a text is the number of a house, a block or a flat in its one spelling: digits and capital letters, the first
    /// of them with or without `/` and `-` after it.
    static func isNumber(_ text: String) -> Bool {
        let points = text.unicodeScalars.map(\.value)
        guard (1...longestNumber).contains(points.count), let first = points.first, isLetterOrDigit(first) else {
            return false
        }
        return points.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2F }
    }

    private static func isLetterOrDigit(_ point: UInt32) -> Bool {
        switch point {
        case 0x30...0x39, 0x41...0x5A, 0x400...0x42F, 0x490: true
        default: false
        }
    }
}
