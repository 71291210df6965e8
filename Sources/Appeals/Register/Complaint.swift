import CanonicalJSON

/// Whom an appeal complains about, by the value in force (Article 7): departments, persons, and others outside.
///
/// A department complained against has no ground, whatever opened one; to a person complained against the appeal is not
/// there. A value that is only proposed closes nothing; nothing is routed until it is settled, nor while it is not resolved who
/// is meant.
public struct Complaint: Sendable {
    /// The card's register: a list of `{"department":…}`, `{"person":…}`, `{"outside":…}`, and of `{"unresolved":…}` for whom nobody
    /// has found out yet.
    public static let register = "complainedAgainst"
    /// The persons alone, for departments that are not shown the card: whom their own node shows nothing.
    public static let barred = "barred"
    /// Since which day each department named is complained against: work that comes later than `Policy.lateDays` after it is
    /// refused, as after any ground.
    static let since = "complainedSince"

    /// Ids of departments, the office among them.
    public let departments: Set<String>
    /// Ids of people.
    public let persons: Set<String>
    /// Names of bodies and people that are not the city's.
    let outside: Set<String>
    /// Whether somebody is meant of whom it is not known who that is.
    public let isUnresolved: Bool

    /// By the value in force, or by `barred` where the reader is not shown the card.
    public init(_ appeal: Aggregate) {
        let parties = appeal.register(Self.register)?.array
        departments = Self.named("department", parties)
        outside = Self.named("outside", parties)
        isUnresolved = !Self.named("unresolved", parties).isEmpty
        // Where the card is shown its value counts, also one that waits to be confirmed.
        let shown = parties.map { Self.named("person", $0) }
        persons = shown ?? Set((appeal.register(Self.barred)?.array ?? []).compactMap(\.string))
    }

    private static func named(_ party: String, _ parties: [JSON]?) -> Set<String> {
        Set((parties ?? []).compactMap { $0[party]?.string })
    }

    /// Whether this department is complained against.
    static func isAgainst(_ department: String, on appeal: Aggregate) -> Bool {
        Complaint(appeal).departments.contains(department)
    }

    /// Whether the appeal is not there for this person.
    public static func bars(_ user: String, from appeal: Aggregate) -> Bool {
        Complaint(appeal).persons.contains(user)
    }

    /// The day on which a department came to be complained against.
    static func day(_ department: String, on appeal: Aggregate) -> String? {
        appeal.register(since)?[department]?.string
    }

    /// Whether the party is the home department or its head: then the office decides in its stead.
    func concernsHome(of appeal: Aggregate, world: any JudgeLookups) throws -> Bool {
        guard let home = appeal.register("home")?.string, home != world.office else { return false }
        if departments.contains(home) { return true }
        return try persons.contains { try world.holds($0, oneOf: ["head"], department: home) }
    }

    /// An open proposal of whom the complaint is about; nil if nobody has to settle one.
    static func proposed(on appeal: Aggregate) -> String? {
        appeal.items(.conflicts, beginning: register + " ").first { $0.item.value.caseState == .open }?.name
    }

    /// What follows from the value in force: who is barred, and appointments that are void (C13).
    static func react(on appeal: inout Aggregate, write: String, commit: Int64, later: Int64?, today: CivilDate?) {
        guard appeal[.registers, register] != nil else { return }
        let (persons, departments) = (Complaint(appeal).persons, Complaint(appeal).departments)
        func put(_ value: JSON, _ full: String) {
            let isOlder = commit <= appeal[.registers, full]?.commit ?? 0
            appeal[.registers, full] = Item(value: value, write: write, commit: isOlder ? later ?? commit : commit)
        }
        let wanted = persons.sorted().map(JSON.string)
        if appeal.register(barred)?.array ?? [] != wanted { put(.array(wanted), barred) }
        let known = appeal.register(since)?.object ?? JSONObject()
        if let today, Set(known.members.map(\.key)) != departments {
            var days = JSONObject()
            for department in departments { days[department] = known[department] ?? .string(today.description) }
            put(.object(days), since)
        }
        guard !persons.isEmpty else { return }
        for (name, item) in appeal.items(.registers, beginning: "person@") {
            if let person = item.value.string, persons.contains(person) { put(.null, name) }
        }
    }
}

extension KindContext {
    var complaint: Complaint { Complaint(appeal) }

    /// Who decides about the appeal: nil is the office, which also stands in for a home department complained against.
    private func controller() throws -> String? {
        guard let home = text("home"), home != world.office else { return nil }
        return try complaint.concernsHome(of: appeal, world: world) ? nil : home
    }

    /// Whether this person is a leader of whoever decides about the appeal.
    func isLeader(_ user: String) throws -> Bool {
        let controller = try controller()
        return try world.holds(user, oneOf: controller == nil ? ["leader"] : Kinds.heads, department: controller)
    }

    /// A complaint about the office or a leader is decided by another leader; one that is not waits for one, by name.
    ///
    /// The last of a decision's guards: what another one refuses waits for nobody. `field` of the body names who decides.
    func requireAnotherLeader(as field: String = "author") throws(Refusal) {
        let author = body[field]?.string ?? body[field]?["user"]?.string ?? ""
        let isOwn = complaint.persons.contains(author)
        let isOfOffice = complaint.departments.contains(world.office) && author == operation.actor.user
        guard isOwn || isOfOffice else { return }
        if let adopter, adopter.role == "leader", adopter.user != author { return }
        throw Refusal(.leaderConcerned, path: "body." + field)
    }

    /// While nobody has found out whom the complaint is about, nobody's work counts: it may be theirs.
    func requirePartiesResolved() throws(Refusal) {
        if complaint.isUnresolved { throw Refusal(.partyUnresolved, path: Complaint.register) }
    }

    /// Nothing goes anywhere while it is disputed, or not known, whom the complaint is about.
    func requirePartiesCertain() throws(Refusal) {
        if let proposed = Complaint.proposed(on: appeal) { throw Refusal(.disagreementOpen, path: proposed) }
        try requirePartiesResolved()
    }

    /// Nothing goes to whom the complaint is about.
    func requireFreeOfComplaint(_ departments: [String]) throws(Refusal) {
        try requirePartiesCertain()
        let parties = complaint.departments
        if let party = departments.first(where: parties.contains) { throw Refusal(.complainedAgainst, path: party) }
    }

    /// The one department that work is about to go to, or whose work is about to count.
    func requireFreeOfComplaint(party: String?) throws(Refusal) {
        if let party, complaint.departments.contains(party) { throw Refusal(.complainedAgainst, path: party) }
    }

    /// Nobody is appointed to a complaint about himself, nor by who can know that it may be about him.
    ///
    /// Who was appointed elsewhere meanwhile stays so until it is known whom the complaint is about, and then no longer if it is
    /// about him.
    func requireFreeOfComplaint(person: JSON?) throws(Refusal) {
        guard let person = person?.string else { return }
        guard !complaint.persons.contains(person) else { throw Refusal(.complainedAgainst, path: person) }
        if world.advises { try requirePartiesCertain() }
    }

    /// An appeal is not passed on to whom it complains about.
    func requireFreeOfComplaint(addressee: JSON?) throws(Refusal) {
        try requirePartiesCertain()
        guard let party = complaint.outside.sorted().first(where: { Sameness.areSame(.string($0), addressee ?? .null) })
        else { return }
        throw Refusal(.complainedAgainst, path: party)
    }

    /// A department complained about is one of the directory: a mistyped one would be no complaint.
    func requireKnownParties(_ parties: JSON?) throws {
        for party in parties?.array ?? [] {
            guard let department = party["department"]?.string, department != world.office else { continue }
            guard try world.departmentExists(department) else { throw Refusal(.unknownDepartment, path: department) }
        }
    }
}
