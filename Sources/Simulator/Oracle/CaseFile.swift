import Appeals
import CanonicalJSON

/// An appeal as the oracle thinks it is: what the office's row said before, and over it what operations should have
/// done since.
struct CaseFile {
    /// What is expected at a name.
    enum Expected {
        case item(Item)
        case fact(write: String, commit: Int64, isLate: Bool, isToldLate: Bool)
        case beside(JSON, state: String)
        case held(state: String)
        /// It may be there or not, as it will.
        case anything
    }

    /// What the office's row said before; nil if there was none.
    private let base: Appeals.Aggregate?
    private(set) var over: [ItemName: Expected] = [:]
    /// Assignments that were taken away, and about which a case has opened since: work waits on them, or answered the applicant.
    private var disputed: Set<String> = []

    init(_ base: Appeals.Aggregate?) { self.base = base }

    /// The item that should be in force.
    func register(_ full: String) -> Item? {
        switch over[ItemName(.registers, full)] {
        case .item(let item): item
        case .anything, .none, .fact, .beside, .held: base?[.registers, full]
        }
    }

    func text(_ full: String) -> String? { register(full)?.value.string }

    /// Entities that have a register `bare@…`, in order.
    func entities(_ bare: String) -> [String] {
        var names = Set((base?.items(.registers, beginning: bare + "@") ?? []).map(\.name))
        for name in over.keys where name.section == .registers && Holding.bare(name.name) == bare && name.name != bare {
            names.insert(name.name)
        }
        return names.map(Holding.entity).sorted()
    }

    /// Whether this very fact is there.
    func hasFact(_ name: String) -> Bool { over[ItemName(.facts, name)] != nil || base?[.facts, name] != nil }

    func hasFact(beginning prefix: String) -> Bool {
        base?.items(.facts, beginning: prefix).isEmpty == false
            || over.keys.contains { $0.section == .facts && $0.name.hasPrefix(prefix) }
    }

    /// Whether the office's row had this held work.
    func holds(_ write: String) -> Bool { base?[.held, write] != nil }

    /// The main executors who are on duty.
    var mains: [String] {
        entities("role").filter { text("role@" + $0) == "main" && Holding.isGround(text("state@" + $0)) }
    }

    /// Of these, whom held work that was there before would replace without saying so itself.
    func replaced(byHeld write: String) -> [String] {
        let registers = base?[.held, write]?.value["registers"]
        guard registers?["mainExecutor"]?.string != nil else { return [] }
        return mains.filter { registers?["state@" + $0] == nil }
    }

    /// Who wrote held work that was there before.
    func author(ofHeld write: String) -> String? { base?[.held, write]?.value["by"]?["user"]?.string }
    /// The assignment that waiting work is about.
    func assignment(ofHeld write: String) -> String? { base?[.held, write]?.value["assignment"]?.string }

    /// Who approved a version of an answer to an assignment; those of this very step are not known here.
    func heads(approving version: String, of assignment: String) -> [String] {
        (base?.items(.facts, beginning: "approval@\(assignment) ") ?? []).filter {
            $0.item.value["version"]?.string == version
        }.compactMap { $0.item.value["by"]?["user"]?.string }
    }

    /// Of facts that were there before.
    func factValue(_ name: String) -> JSON? { base?[.facts, name]?.value }

    /// A case that stands between two executors and is open, about another assignment than this one (C2, C3).
    func isPaused(_ assignment: String) -> Bool {
        disputed.contains { $0 != assignment }
            || (base?.items(.disagreements, beginning: "reassigned@") ?? []).contains {
                $0.item.value["state"]?.string == "open" && Holding.entity($0.name) != assignment
            }
    }

    /// What was done on an assignment opens a case (C2, C3), if somebody else has it by now.
    mutating func dispute(_ assignment: String?) {
        guard let assignment, !Holding.isGround(text("state@" + assignment)) else { return }
        disputed.insert(assignment)
    }

    /// The value that a row of conflict keeps; nil if there is no such row.
    func beside(_ name: String) -> JSON? {
        if case .beside(let value, _) = over[ItemName(.conflicts, name)] { return value }
        return base?[.conflicts, name]?.value["value"]
    }

    /// The open rows of two values of one register.
    private var openConflicts: [(name: String, value: JSON)] {
        var open: [String: JSON] = [:]
        for (name, item) in base?.items(.conflicts) ?? [] where item.value["state"]?.string == "open" {
            open[name] = item.value["value"]
        }
        for (name, expected) in over where name.section == .conflicts {
            open[name.name] = nil
            if case .beside(let value, "open") = expected { open[name.name] = value }
        }
        return open.map { ($0.key, $0.value) }
    }

    /// What somebody had proposed is for nobody to decide once it is in force (DESIGN.md "Sameness").
    mutating func noteWhatIsInForce() {
        for (name, value) in openConflicts {
            let full = Holding.parted(name).full
            guard let inForce = register(full)?.value, inForce == value || Alike.areAlike(full, inForce, value) else {
                continue
            }
            expect(.beside(value, state: "noted"), .conflicts, name)
        }
    }

    /// Whether a person must settle a register's value.
    func isOpenConflict(of register: String) -> Bool {
        let known = base?.items(.conflicts, beginning: register + " ") ?? []
        let isOpen = known.contains {
            over[ItemName(.conflicts, $0.name)] == nil && $0.item.value["state"]?.string == "open"
        }
        return isOpen
            || over.contains { name, expected in
                guard name.section == .conflicts, name.name.hasPrefix(register + " ") else { return false }
                if case .beside(_, "open") = expected { return true }
                return false
            }
    }

    /// From now on the item of this name has to be so.
    mutating func expect(_ expected: Expected, _ section: Section, _ name: String) {
        over[ItemName(section, name)] = expected
    }

    /// What the office's row has other than it should have; nil if nothing.
    ///
    /// Cases are judged by `Reactions`.
    func difference(to row: Appeals.Aggregate) -> String? {
        var wrong: (name: ItemName, what: String)?
        for (name, expected) in over {
            guard let what = Self.difference(name, expected, row[name]) else { continue }
            if wrong.map({ name < $0.name }) ?? true { wrong = (name, what) }
        }
        if let wrong { return wrong.what }
        let (changed, gone) = row.difference(from: base ?? Appeals.Aggregate(id: row.id))
        for name in changed where name.section != .disagreements && over[name] == nil {
            return "\(name) became \(row[name]?.json.canonicalText ?? "-"), which no operation said"
        }
        return gone.first { $0.section != .disagreements }.map { "\($0) is gone" }
    }

    /// What is otherwise than expected, in words; nil if nothing is.
    private static func difference(_ name: ItemName, _ expected: Expected, _ item: Item?) -> String? {
        let fits: Bool
        switch expected {
        case .anything: fits = true
        case .item(let wanted): fits = item == wanted
        case .fact(let write, let commit, let isLate, let isToldLate):
            fits =
                item?.write == write && item?.commit == commit && (item?.value["late"]?.bool ?? false) == isLate
                && (item?.value["toldLate"]?.bool ?? false) == isToldLate
        case .beside(let value, let state):
            fits = item?.value["value"] == value && item?.value["state"]?.string == state
        case .held(let state): fits = item?.value["state"]?.string == state
        }
        return fits ? nil : "\(name) is \(item?.json.canonicalText ?? "not there"), expected was \(expected)"
    }
}
