package import Appeals
import CanonicalJSON
import Finding

/// What of an appeal is typed so far, by somebody who still listens.
package struct TypedAppeal {
    package var phone: PhoneNumber?
    package var email: EmailAddress?
    /// As much of the name as there is.
    package var name = ""
    /// Where the applicant lives, and where the matter is: each with its place where one street fits.
    package var address: Address?
    package var places: [Address] = []
    /// The words of the appeal and of its issues.
    package var words = ""

    package init() {}
}

/// Why a former appeal may concern whoever types: what both have.
package enum Likeness: Equatable {
    case phone, email
    /// Surname and name or initials.
    case name
    /// The surname alone.
    case surname
    /// The applicant lives there.
    case home
    /// The matter is there: this house.
    case place
    /// In the same street, at this house; nil where none is given.
    case street(house: String?)
    /// These words, as they are typed now.
    case words([String])
}

/// An appeal that is being typed, as others are compared with it: read once for all of them.
struct TypedMatter {
    let typed: TypedAppeal
    let name: TypedName
    fileprivate let telling: TellingWords
    /// Where the matter is; where the applicant lives, if no place of it is typed.
    let places: [Address]

    init(_ typed: TypedAppeal) {
        self.typed = typed
        name = TypedName(typed.name)
        telling = TellingWords(typed.words)
        places = typed.places.isEmpty ? [typed.address].compactMap(\.self) : typed.places
    }
}

/// What a former appeal and one that is being typed have in common; pure.
struct Comparison {
    /// In the order in which people weigh them.
    let reasons: [Likeness]
    /// Whether the common words are two, or half of those that tell what it is about: a call may have one such word.
    private let isInSameWords: Bool

    init(_ matter: TypedMatter, _ former: Aggregate) {
        let typed = matter.typed
        var reasons: [Likeness] = []
        if let phone = typed.phone, former.texts("contact.phone").contains(phone.number) { reasons.append(.phone) }
        if let email = typed.email, former.texts("contact.email").contains(email.address) { reasons.append(.email) }
        if let name = matter.name.likeness(to: former.register("applicant.name")?.string ?? "") { reasons.append(name) }
        let home = former.register("applicant.address").flatMap(Address.init)?.place
        if let place = typed.address?.place, let home, place.isHouse(of: home), place.flat == home.flat {
            reasons.append(.home)
        }
        if let place = Self.place(matter, former) { reasons.append(place) }
        let common = matter.telling.common(with: former)
        if !common.isEmpty { reasons.append(.words(common)) }
        isInSameWords = common.count >= 2 || !common.isEmpty && 2 * common.count >= matter.telling.count
        self.reasons = reasons
    }

    /// Whether it is the same person: by a telephone or an address of mail, or by the whole name and where they live.
    var isSamePerson: Bool {
        reasons.contains(.phone) || reasons.contains(.email) || reasons.contains(.name) && reasons.contains(.home)
    }

    /// Whether it is about the same: at the same house, or in the same words.
    var isSameMatter: Bool { reasons.contains(.place) || isInSameWords }

    /// Whether anything tells of the person.
    var isOfPerson: Bool {
        [.phone, .email, .name, .home].contains { reasons.contains($0) }
    }

    /// Whether it is near: the same house, or the same street.
    var isNear: Bool {
        reasons.contains { reason in
            switch reason {
            case .place, .street, .home: true
            case .phone, .email, .name, .surname, .words: false
            }
        }
    }

    /// The house of one of the places, or the street.
    private static func place(_ matter: TypedMatter, _ former: Aggregate) -> Likeness? {
        let wanted = matter.places.compactMap(\.place)
        let there = former.values("problemAddress").compactMap { Address($0)?.place }
        for place in wanted where there.contains(where: place.isHouse) { return .place }
        for place in wanted {
            if let other = there.first(where: { $0.street == place.street }) { return .street(house: other.house) }
        }
        return nil
    }
}

extension ResolvedAddress {
    /// Whether both are one house, of which one is known.
    fileprivate func isHouse(of other: ResolvedAddress) -> Bool {
        house != nil && (street, house, block) == (other.street, other.house, other.block)
    }
}

/// A name of which the last word may not be at its end.
struct TypedName {
    /// As it is typed, and as if the last word were going on; none while too little is typed.
    let queries: [SearchQuery]
    /// Whether a name or an initial stands behind the surname.
    private let hasMore: Bool

    /// So many letters of a surname are enough to look for.
    private static let fewest = 3

    init(_ typed: String) {
        let words = typed.split { $0 == " " }.map(String.init)
        hasMore = words.count > 1
        guard let surname = words.first, surname.count >= Self.fewest, let last = words.last else {
            queries = []
            return
        }
        let others = words.dropLast().joined(separator: " ")
        // One letter or two behind a surname begin a name, as an initial does.
        let goingOn = last.count >= Self.fewest ? last + "*" : String(last.prefix(1)).uppercased() + "."
        queries = [words.joined(separator: " "), others + " " + goingOn].compactMap { SearchQuery($0) }
    }

    /// Surname with a name or initials, or the surname alone; nil if there is nothing in common, or too little typed to tell.
    func likeness(to former: String) -> Likeness? {
        let text = SearchedText(names: [former])
        guard queries.contains(where: { $0.isMet(by: text) }) else { return nil }
        return hasMore ? .name : .surname
    }
}
