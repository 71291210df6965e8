import CanonicalJSON

/// The authority of an operation's author over an appeal, derived from the confirmed state.
public enum Authority: Sendable, Equatable {
    /// An open ground, in these capacities.
    case current(Set<Party>)
    /// Held a ground under the cited authority and no longer does; `on` is the register `ended`.
    case expired(Set<Party>, on: String?)
    /// The cited authority gives this node nothing.
    case none

    /// The capacities, whether present or former.
    public var parties: Set<Party> {
        switch self {
        case .current(let parties), .expired(let parties, _): parties
        case .none: []
        }
    }

    /// The standing of a node that cites `authority` on this appeal (protocol.md "How the office decides", step 9).
    ///
    /// The office stands by its people's roles, which are judged before; a department by its home registration or an
    /// assignment; an ended assignment still counts as *now* if another one of the same role is open.
    /// If the complaint is about the home department or its head (`concernsHome`), the office is controller.
    public static func of(
        node: String,
        authority: String?,
        on appeal: Aggregate,
        office: String,
        today: CivilDate,
        concernsHome: Bool = false
    ) -> Authority {
        let home = appeal.register("home")?.string
        if node == office {
            if concernsHome { return .current([.office, .controller]) }
            return .current(home == office || home == nil ? [.office, .controller, .home] : [.office])
        }
        guard let authority else { return .none }
        if home == node, appeal[.registers, "home"]?.write == authority {
            if Complaint.isAgainst(node, on: appeal) {
                return .expired([.home, .controller], on: Complaint.day(node, on: appeal))
            }
            return .current(concernsHome ? [.home] : [.home, .controller])
        }
        guard appeal.register("department@" + authority)?.string == node,
            let role = appeal.register("role@" + authority)?.string.flatMap(Party.init)
        else { return .none }
        let open = Slice.grounds(of: node, on: appeal, today: today, office: office)
        if open.contains(role) { return .current([role]) }
        let ended = appeal.register("ended@" + authority)?.string ?? Complaint.day(node, on: appeal)
        return .expired([role], on: ended ?? Slice.lastDay(of: appeal)?.description)
    }

    /// The same on a day and by the roles of a world.
    public static func of(
        node: String,
        authority: String?,
        on appeal: Aggregate,
        in world: any JudgeLookups
    ) throws -> Authority {
        of(
            node: node,
            authority: authority,
            on: appeal,
            office: world.office,
            today: world.today,
            concernsHome: try Complaint(appeal).concernsHome(of: appeal, world: world)
        )
    }

    /// What entitles somebody of a node to an act of a kind: the first that does of the assignment that the act names, the
    /// registration, the strongest assignment of the node.
    ///
    /// Somebody whose department registered an appeal and also executes it acts in two capacities. Nil at the office, and
    /// where the node has no ground at all; the first one if none entitles, so that the refusal names it.
    public static func toCite(
        kind: String,
        role: String,
        node: String,
        naming assignment: String?,
        on appeal: Aggregate,
        in world: any JudgeLookups
    ) throws -> String? {
        guard node != world.office else { return nil }
        let named = assignment.flatMap { appeal.register("department@" + $0)?.string == node ? $0 : nil }
        let home = appeal.register("home")?.string == node ? appeal[.registers, "home"]?.write : nil
        let candidates = [named, home, strongest(of: node, on: appeal)].compactMap(\.self)
        guard let parties = Kinds.named(kind)?.parties else { return candidates.first }
        return try candidates.first { cited in
            try of(node: node, authority: cited, on: appeal, in: world).parties.contains {
                parties[$0]?.contains(role) == true
            }
        } ?? candidates.first
    }

    /// The strongest assignment of a node on an appeal, an open one before any other; nil if it has none.
    private static func strongest(of node: String, on appeal: Aggregate) -> String? {
        func strength(_ entity: String) -> Int {
            let role = appeal.register("role@" + entity)?.string
            return (appeal.isGround(entity) ? 10 : 0) + (role == "main" ? 3 : role == "co" ? 2 : 1)
        }
        return appeal.entities(with: "department", being: node).max { strength($0) < strength($1) }
    }
}
