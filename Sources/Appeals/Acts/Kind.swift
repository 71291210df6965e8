public import CanonicalJSON

/// What an operation does to an aggregate, before anybody asks whether it may.
public enum Effect: Sendable {
    /// Writes a register, by its full name; judged against base and policy.
    case register(String, JSON)
    /// Writes a register whatever its base: the settler saw both values.
    case settled(String, JSON)
    /// Adds a fact of this kind about an entity, or about the appeal.
    case fact(String, entity: String?, JSONObject)
    /// Changes the state of a conflict, a held work or a disagreement.
    case decided(ItemName, JSON)

    /// The item that it sets; nil for a fact, which stands beside all others.
    var item: ItemName? {
        switch self {
        case .register(let name, _), .settled(let name, _): ItemName(.registers, name)
        case .decided(let name, _): name
        case .fact: nil
        }
    }
}

/// What the author's node and the office look up while an operation is judged.
public protocol JudgeLookups {
    /// The office's node id.
    var office: String { get }
    /// Whether this is the author's node before saving (advice), not the office at admission (law).
    var advises: Bool { get }
    /// The civil date in Kyiv of the moment of judging (the office's receive time).
    var today: CivilDate { get }
    /// How the actor stood and stands to a role.
    func standing(_ actor: Actor, of node: String, seen: Seen) throws -> RoleStanding
    /// Whether the person holds one of these roles now, at the office or in a department.
    func holds(_ user: String, oneOf roles: Set<String>, department: String?) throws -> Bool
    /// Whether the directory has a department of this id.
    func departmentExists(_ id: String) throws -> Bool
    /// An entry of `reference` by its key, as `person/petrenko`.
    func referenceEntry(_ key: String) throws -> Aggregate?
    /// The entries of `reference` whose keys begin so, in the order of keys.
    func referenceEntries(_ prefix: String) throws -> [Aggregate]
    /// The recorded outcome of a write, if it is known here.
    func outcome(of write: String) throws -> OutcomeStatus?
    /// The commit at which this write was told that its value of a register is the one in force already.
    func sameValue(of register: String, by write: String) throws -> Int64?
    /// The operation of a write, if its content is here.
    func operation(of write: String) throws -> Operation?
    /// The write of this log that registered an appeal, whatever became of it.
    func registration(of appeal: String, in origin: Origin) throws -> String?
    /// Whether this name can have been lost in a restore of the office.
    func canHaveBeenLost(_ write: String) throws -> Bool
    /// Whether the appeal was erased: whatever comes for it gets `erased`, its content is not kept.
    func isErased(_ appeal: String) throws -> Bool
    /// Which appeal has this registration index.
    func appeal(withIndex index: String) throws -> String?
    /// Operations of the same log that wait because of this one and have no item on an appeal either.
    func followers(of write: String) throws -> [String]
}

extension JudgeLookups {
    public func followers(of write: String) throws -> [String] { [] }
}

/// How an actor stands to the role that the operation names.
public enum RoleStanding: Sendable { case current, expired, none }

/// What a kind of operation looks at.
public struct KindContext {
    /// What is judged.
    public let operation: Operation
    /// The operation's write name, by which everything that it makes is called.
    public let write: String
    /// The state that the operation meets; empty for a registration.
    public let appeal: Aggregate
    /// What lies outside of the appeal: directory, roles, other operations.
    public let world: any JudgeLookups
    /// What entitles the author on this appeal.
    public let standing: Authority
    /// The author, as facts carry it.
    let by: JSON
    /// Who adopts the operation, if it was held.
    var adopter: Actor?

    init(operation: Operation, write: String, appeal: Aggregate, world: any JudgeLookups, standing: Authority) {
        self.operation = operation
        self.write = write
        self.appeal = appeal
        self.world = world
        self.standing = standing
        by = [
            "clock": .string(operation.clock.description), "node": .string(operation.origin.node),
            "role": .string(operation.actor.role), "user": .string(operation.actor.user),
        ]
    }

    var body: JSONObject { operation.body }
    var personal: JSONObject { operation.personal ?? JSONObject() }
    /// The entity that the operation is about, if its body names one.
    var assignment: String { body["assignment"]?.string ?? "" }

    /// The value in force, by the register's full name.
    func register(_ full: String) -> JSON? { appeal.register(full) }
    /// The same where it is a string.
    func text(_ full: String) -> String? { appeal.register(full)?.string }

    /// A fact's value: its author, the body's fields and the personal ones, without salts.
    func factValue(dropping dropped: Set<String> = []) -> JSONObject {
        var value: JSONObject = ["by": by]
        for (key, field) in body.members + personal.members where key != "salt" && !dropped.contains(key) {
            value[key] = field
        }
        return value
    }

    func isAssignment(_ entity: String) -> Bool { appeal[.registers, "department@" + entity] != nil }

    /// The state of the assignment must be one of these.
    func requireState(_ states: Set<AssignmentState>) throws(Refusal) {
        guard isAssignment(assignment) else { throw Refusal(.unknownAssignment, path: assignment) }
        guard let state = appeal.state(of: assignment), states.contains(state) else {
            throw Refusal(.wrongState, path: "state@" + assignment)
        }
    }
}

/// The states of an assignment (DESIGN.md "Life of an appeal"); `delivered` is derived from positions, never an operation.
public enum AssignmentState: String, Sendable, CaseIterable {
    case issued, accepted, declined, submitted, returned, done, recalled, superseded

    /// Whether the executor is to work on it.
    public static let working: Set<AssignmentState> = [.issued, .accepted, .returned]
    /// Whether it gives its department a ground to hold the appeal.
    public var isGround: Bool { self != .recalled && self != .superseded }

    /// As a register keeps it.
    var json: JSON { .string(rawValue) }
}

/// One kind of operation: who may do it, what it carries, what it writes and what must hold.
///
/// To add a kind, follow the list in Sources/README.md, "To add a kind of operation"; judging, merging and replicating
/// need this value and the rows of `Policy` alone.
public final class Kind: Sendable {
    /// As envelopes carry it: `answer.approved`.
    public let name: String
    /// In which capacity, and then in which of these roles.
    public let parties: [Party: Set<String>]
    /// A legal act: every base current, or nothing takes effect.
    public let isAtomic: Bool
    /// Done by the owner of the office's directory, whatever roles there are: `actor.via` is `owner`.
    public let isOwners: Bool
    /// What the body may hold, besides its salt; everything else is refused with its path.
    public let fields: [Field]
    /// The same of the part that can be erased apart.
    public let personal: [Field]
    /// The first version of the bodies that has it; an older program holds it as it holds what it does not know.
    public let schema: Int64
    /// Replaces the late rule of its registers and facts.
    public let late: Late?
    /// What it writes; total over bodies that pass the schema.
    public let effects: @Sendable (KindContext) throws(Refusal) -> [Effect]
    /// What must hold when the author has authority now.
    public let guards: @Sendable (KindContext) throws -> Void

    init(
        _ name: String,
        parties: [Party: Set<String>],
        isAtomic: Bool = true,
        schema: Int64 = 1,
        isOwners: Bool = false,
        fields: [Field] = [],
        personal: [Field] = [],
        late: Late? = nil,
        guards: @escaping @Sendable (KindContext) throws -> Void = { _ in },
        effects: @escaping @Sendable (KindContext) throws(Refusal) -> [Effect]
    ) {
        self.name = name
        self.parties = parties
        self.isAtomic = isAtomic
        self.schema = schema
        self.isOwners = isOwners
        self.fields = fields
        self.personal = personal
        self.late = late
        self.effects = effects
        self.guards = guards
    }

    /// The reference kinds act on an entry of `reference`, all others on an appeal.
    public var isReference: Bool { Kinds.reference.contains { $0 === self } }
}

/// All kinds of operation that this version knows.
public enum Kinds {
    /// The version of the bodies below; a newer one is held, not refused.
    public static let schema: Int64 = 2

    /// Those about an appeal.
    public static let appeal: [Kind] = [
        registered, corrected, receiptCorrected, contactAdded, contactRemoved, noteAdded, resolutionIssued,
        assignmentAccepted,
        assignmentDeclined, assignmentRecalled, personAssigned, answerDrafted, answerApproved, answerSubmitted,
        answerAccepted,
        answerReturned, answerDispatched, feedbackRecorded, documentRecorded, termExtended, controlPut, controlRemoved,
        controlReturned, appealForwarded, appealReturned, appealNotConsidered, appealWithdrawn, appealExplained,
        appealConcluded,
        heldAdopted, heldDeclined, conflictSettled, disagreementSettled, appealErased,
    ]
    /// Those that make an entry of `reference`; only the office has them.
    public static let reference: [Kind] = [
        departmentPut, personPut, personLeft, roleGranted, roleRevoked, administratorNamed, calendarPut, streetPut,
    ]
    public static let all: [Kind] = appeal + reference

    /// Nil for a kind that this version does not know: the operation is held, not refused.
    public static func named(_ name: String) -> Kind? { byName[name] }

    /// The first version of the bodies that knows an operation: its kind, and what its body says.
    static func schema(of kind: String, _ body: JSONObject, _ personal: JSONObject?) -> Int64 {
        let isTyped = ["phonesTyped", "phoneTyped"].contains { personal?[$0] != nil }
        let isDated = [body, body["author"]?.object].contains { $0?["from"] != nil || $0?["through"] != nil }
        let parties = body[Complaint.register] ?? body["fields"]?[Complaint.register]
        let namesUnresolved = parties?.array?.contains { $0["unresolved"] != nil } == true
        let namesStreet = addresses(personal).contains { $0["street"] != nil }
        return max(named(kind)?.schema ?? schema, namesUnresolved || namesStreet || isTyped || isDated ? 2 : 1)
    }

    /// The addresses that a card is made or corrected with.
    static func addresses(_ personal: JSONObject?) -> [JSON] {
        guard let personal else { return [] }
        let corrected = personal["fields"]?.object?.members.filter {
            Policy.register(Names.bare($0.key))?.isAddress == true
        }
        return [personal["address"]].compactMap(\.self) + (personal["problemAddresses"]?.array ?? [])
            + (corrected ?? []).map(\.value)
    }

    private static let byName: [String: Kind] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The roles of people, by where they work.
    public static let officeRoles: Set<String> = ["administrator", "leader", "registrar", "specialist", "inspector"]
    /// Who works in a department; `head` and `deputy` decide, `executor` and `clerk` do, `inspector` goes and looks.
    public static let departmentRoles: Set<String> = ["head", "deputy", "executor", "clerk", "inspector"]

    /// Every role of the city; which belong where say the two tables.
    public static let allRoles = officeRoles.union(departmentRoles)

    /// Who makes and corrects cards at the office.
    static let registrars: Set<String> = ["registrar", "specialist"]
    /// Who decides in a department (R16).
    static let heads: Set<String> = ["head", "deputy"]
    /// Who decides in person: a leader at the office, heads at home.
    package static let leaders = heads.union(["leader"])
    /// Who works on answers in a department.
    static let executors: Set<String> = ["head", "deputy", "executor", "clerk"]
    /// Everybody of a department.
    static let everybodyThere: Set<String> = ["head", "deputy", "executor", "clerk", "inspector"]
    /// Who acts for a leader at the office: the leader, or who writes the signed paper down.
    static let deciders: Set<String> = ["leader", "registrar", "specialist"]
}
