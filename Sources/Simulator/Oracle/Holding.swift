import Appeals
import CanonicalJSON

/// What one department holds of an appeal: DESIGN.md "Slices" and "Personal data" said once more, without `Slice`.
///
/// Only the table of the policy is read, or those of the programs whose projections are in force.
struct Holding {
    /// From weak to strong.
    static let roles = ["inform", "co", "main", "home"]

    /// Of whom it is said.
    let department: String
    /// Its strongest ground, by the oracle's own reckoning.
    let role: String
    /// The issues of its open assignments; nil if nothing narrows them.
    let issues: Set<String>?
    /// Its assignments, open or ended: its own work on them it may always see.
    let assignments: Set<String>
    /// All of these must allow what is shown.
    private let projections: [Projection]

    /// Who sees the card whole.
    private var isChief: Bool { role == "home" || role == "main" }

    /// An assignment is a ground from its issue until it is recalled or superseded.
    static func isGround(_ state: String?) -> Bool { state != nil && state != "recalled" && state != "superseded" }

    /// What `department` holds of an appeal today; nil if it has no ground.
    init?(
        _ department: String,
        _ appeal: Appeals.Aggregate,
        today: CivilDate,
        by projections: [Projection] = [.own]
    ) {
        guard !Self.isOver(appeal, today), !Self.isParty(department, appeal) else { return nil }
        var grounds: Set<String> = []
        var own: Set<String> = []
        var named: Set<String> = []
        var isNarrow = true
        for (name, item) in appeal.items(.registers, beginning: "department@")
        where item.value.string == department {
            let entity = String(name.dropFirst("department@".count))
            own.insert(entity)
            guard Self.isGround(appeal.register("state@" + entity)?.string),
                let role = appeal.register("role@" + entity)?.string
            else { continue }
            grounds.insert(role)
            if let issues = appeal.register("issues@" + entity)?.array {
                named.formUnion(issues.compactMap(\.string))
            } else {
                isNarrow = false
            }
        }
        if appeal.register("home")?.string == department { grounds.insert("home") }
        guard let role = Self.roles.last(where: grounds.contains) else { return nil }
        self.department = department
        self.role = role
        assignments = own
        self.projections = projections
        let all = appeal.items(.registers, beginning: "issue@").map { String($0.name.dropFirst("issue@".count)) }
        let seesAll = role == "home" || role == "main" || !isNarrow || named.isSuperset(of: all)
        issues = seesAll ? nil : named
    }

    /// Whom the complaint is about has it on no ground, whatever opened one.
    private static func isParty(_ department: String, _ appeal: Appeals.Aggregate) -> Bool {
        (appeal.register("complainedAgainst")?.array ?? []).contains { $0["department"]?.string == department }
    }

    /// Thirty days after an appeal was removed from control nobody but the office holds it.
    private static func isOver(_ appeal: Appeals.Aggregate, _ today: CivilDate) -> Bool {
        lastDay(appeal.register("control")?.string, removedOn: appeal.register("removedOn")?.string)
            .map { $0 < today } ?? false
    }

    /// The last day on which departments hold an appeal; nil while it is not removed from control.
    static func lastDay(_ control: String?, removedOn: String?) -> CivilDate? {
        guard control == "removed" else { return nil }
        return removedOn.flatMap { CivilDate($0) }?.adding(days: 30)
    }

    /// Whether this department may see an item, by its name alone.
    func maySee(_ section: String, _ name: String) -> Bool {
        switch section {
        case "registers":
            let bare = Self.bare(name)
            return allow({ $0.register(bare) }) { maySee($0, about: Self.entity(name), by: "") }
        case "facts":
            let (full, write) = Self.parted(name)
            let bare = Self.bare(full)
            return allow({ $0.fact(bare) }) { maySee($0, about: Self.entity(full), by: write) }
        case "conflicts":
            let (full, write) = Self.parted(name)
            let bare = Self.bare(full)
            return allow({ $0.register(bare) }) {
                isOwn(write) || isChief && maySee($0, about: Self.entity(full), by: "")
            }
        case "held": return role == "home" || isOwn(name)
        case "disagreements": return isChief || assignments.contains(Self.entity(name))
        default: return false
        }
    }

    private func allow(_ privacy: (Projection) -> Privacy?, _ isShown: (Privacy) -> Bool) -> Bool {
        projections.allSatisfy { privacy($0).map(isShown) ?? false }
    }

    private func maySee(
        _ privacy: Privacy,
        about entity: @autoclosure () -> String,
        by write: @autoclosure () -> String
    ) -> Bool {
        switch privacy {
        case .open: true
        case .words: isChief || issues == nil
        case .issue: isChief || issues.map { $0.contains(entity()) } ?? true
        case .assignment: isChief || assignments.contains(entity()) || isOwn(write())
        case .identity: isChief
        case .sensitive: role == "home"
        case .internalNote: isChief || isOwn(write())
        }
    }

    private func isOwn(_ write: String) -> Bool { write.hasPrefix(department + "#") }

    static func bare(_ full: String) -> String {
        full.utf8.firstIndex(of: UInt8(ascii: "@")).map { String(full[..<$0]) } ?? full
    }
    static func entity(_ full: String) -> String {
        full.utf8.firstIndex(of: UInt8(ascii: "@")).map { String(full[full.utf8.index(after: $0)...]) } ?? ""
    }
    /// `answer@roads#…:3/1 roads#…:5` → the full name and the write.
    static func parted(_ name: String) -> (full: String, write: String) {
        guard let space = name.utf8.firstIndex(of: UInt8(ascii: " ")) else { return (name, "") }
        return (String(name[..<space]), String(name[name.utf8.index(after: space)...]))
    }
}
