import CanonicalJSON

/// Who holds an appeal, and in which role: a property of home and assignments alone (DESIGN.md "Slices").
public enum Slice {
    /// A ground stays open this many days after removal from control.
    public static let daysAfterRemoval = 30

    /// The open grounds of one department on an appeal.
    static func grounds(of department: String, on appeal: Aggregate, today: CivilDate, office: String) -> Set<Party> {
        guard !isOver(appeal, today: today), !Complaint.isAgainst(department, on: appeal) else { return [] }
        var grounds: Set<Party> = []
        if department != office, appeal.register("home")?.string == department { grounds.insert(.home) }
        for entity in appeal.entities(with: "department", being: department) {
            guard appeal.isGround(entity),
                let role = appeal.register("role@" + entity)?.string.flatMap(Party.init)
            else { continue }
            grounds.insert(role)
        }
        return grounds
    }

    /// Whether the grounds have ended by time: 30 days after removal from control.
    public static func isOver(_ appeal: Aggregate, today: CivilDate) -> Bool {
        lastDay(of: appeal).map { $0 < today } ?? false
    }

    /// The last day of the grounds; nil while the appeal is not removed from control.
    public static func lastDay(of appeal: Aggregate) -> CivilDate? {
        guard appeal.register("control")?.string == "removed" else { return nil }
        return appeal.register("removedOn")?.string.flatMap { CivilDate($0) }?.adding(days: daysAfterRemoval)
    }

    /// Every department with an open ground, with its view of the appeal.
    public static func views(of appeal: Aggregate, today: CivilDate, office: String) -> [String: View] {
        var departments: Set<String> = []
        if let home = appeal.register("home")?.string, home != office { departments.insert(home) }
        for (_, item) in appeal.items(.registers, beginning: "department@") {
            if let department = item.value.string { departments.insert(department) }
        }
        var views: [String: View] = [:]
        for department in departments {
            let grounds = grounds(of: department, on: appeal, today: today, office: office)
            guard let role = grounds.max() else { continue }
            // Who sees all is not narrowed to issues.
            let issues = role >= .main ? nil : issues(of: department, on: appeal)
            views[department] = View(department: department, role: role, issues: issues)
        }
        return views
    }

    /// The issues of a department's open assignments; nil if they are all.
    ///
    /// One that has ended widens nothing: what it showed is purged like the rest.
    private static func issues(of department: String, on appeal: Aggregate) -> Set<String>? {
        let all = Set(appeal.entities(with: "issue"))
        var own: Set<String> = []
        for entity in appeal.entities(with: "department", being: department) where appeal.isGround(entity) {
            guard let named = appeal.register("issues@" + entity)?.array else { return nil }
            own.formUnion(named.compactMap(\.string))
        }
        return all.isSubset(of: own) ? nil : own
    }
}

/// What one department may see of an appeal: its role, and its issues if they are not all.
public struct View: Sendable, Equatable {
    /// The reader.
    public let department: String
    /// The strongest open ground.
    public let role: Party
    /// The issues of its own assignments; nil if it sees all.
    public let issues: Set<String>?

    public init(department: String, role: Party, issues: Set<String>?) {
        self.department = department
        self.role = role
        self.issues = role >= .main ? nil : issues
    }

    /// Its text in a tenure: `co` or `co:issue,issue`.
    public var text: String {
        issues.map { role.rawValue + ":" + $0.sorted().joined(separator: ",") } ?? role.rawValue
    }

    /// Reads what `text` gives, as a tenure's record keeps it.
    public init?(department: String, text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard let first = parts.first, let role = Party(rawValue: String(first)) else { return nil }
        let issues = parts.count == 2 ? Set(parts[1].split(separator: ",").map(String.init)) : nil
        self.init(department: department, role: role, issues: issues)
    }

    /// Whether an item is shown, by its name, its write and the department's own assignments alone.
    public func shows(
        _ section: Section,
        _ name: String,
        own: Set<String>,
        by projection: Projection = .own
    ) -> Bool {
        switch section {
        case .registers:
            guard let privacy = projection.register(Names.bare(name)) else { return false }
            return shows(privacy, own) { (Names.entity(name), nil) }
        case .facts:
            guard let kind = FactName.kind(name), let privacy = projection.fact(kind) else { return false }
            return shows(privacy, own) { FactName(name).map { ($0.entity, $0.write) } ?? (nil, nil) }
        case .conflicts:
            guard let conflict = FactName(name), let privacy = projection.register(conflict.kind) else { return false }
            if isOwn(conflict.write) { return true }
            return role >= .main && shows(privacy, own) { (conflict.entity, nil) }
        case .held: return role == .home || isOwn(name)
        case .disagreements: return role >= .main || Names.entity(name).map(own.contains) ?? false
        }
    }

    /// The parts of the name are asked only of who does not see all.
    private func shows(
        _ privacy: Privacy,
        _ own: Set<String>,
        _ parts: () -> (entity: String?, write: String?)
    ) -> Bool {
        switch privacy {
        case .open: true
        case .words: role >= .main || issues == nil
        case .issue: role >= .main || issues == nil || parts().entity.map { issues?.contains($0) ?? true } ?? false
        case .assignment:
            role >= .main || parts().entity.map(own.contains) ?? false || parts().write.map(isOwn) ?? false
        case .identity: role >= .main
        case .sensitive: role == .home
        case .internalNote: role >= .main || parts().write.map(isOwn) ?? false
        }
    }

    /// Whether the department itself made the write: its name stands before the incarnation.
    private func isOwn(_ write: String) -> Bool { write.hasPrefix(department + "#") }

    /// The department's own assignments on an appeal.
    func own(on appeal: Aggregate) -> Set<String> {
        Set(appeal.entities(with: "department", being: department))
    }

    /// The appeal as this department may see it.
    ///
    /// What every one of the projections allows.
    public func project(_ appeal: Aggregate, by projections: [Projection] = [.own]) -> Aggregate {
        let own = own(on: appeal)
        return appeal.filtered { section, name in
            projections.allSatisfy { shows(section, name, own: own, by: $0) }
        }
    }

    /// Of these names the ones that this department may see.
    public func visible(
        _ names: [ItemName],
        of appeal: Aggregate,
        by projections: [Projection] = [.own]
    ) -> [ItemName] {
        let own = own(on: appeal)
        return names.filter { name in
            appeal[name] != nil && projections.allSatisfy { shows(name.section, name.name, own: own, by: $0) }
        }
    }
}
