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
}
