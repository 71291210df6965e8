import CanonicalJSON

/// What entitles the author of an operation on an appeal, seen from the confirmed state.
public enum Standing: Sendable, Equatable {
    /// An open ground, in these capacities.
    case now(Set<Party>)
    /// Had it under the cited authority, has it no more; since when, as the register `ended` says.
    case ended(Set<Party>, on: String?)
    /// The cited authority gives this node nothing.
    case never

    public var parties: Set<Party> {
        switch self {
        case .now(let parties), .ended(let parties, _): parties
        case .never: []
        }
    }

    /// The standing of a node that cites `authority` on this appeal (sync.md section 4, step 5).
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
    ) -> Standing {
        let home = appeal.register("home")?.string
        if node == office {
            if concernsHome { return .now([.office, .controller]) }
            return .now(home == office || home == nil ? [.office, .controller, .home] : [.office])
        }
        guard let authority else { return .never }
        if home == node, appeal[.registers, "home"]?.write == authority {
            if Complaint.isAgainst(node, on: appeal) {
                return .ended([.home, .controller], on: Complaint.day(node, on: appeal))
            }
            return .now(concernsHome ? [.home] : [.home, .controller])
        }
        guard appeal.register("department@" + authority)?.string == node,
            let role = appeal.register("role@" + authority)?.string.flatMap(Party.init)
        else { return .never }
        let open = Slice.grounds(of: node, on: appeal, today: today, office: office)
        if open.contains(role) { return .now([role]) }
        let ended = appeal.register("ended@" + authority)?.string ?? Complaint.day(node, on: appeal)
        return .ended([role], on: ended ?? Slice.lastDay(of: appeal)?.description)
    }

    /// The same on a day and by the roles of a world.
    public static func of(
        node: String,
        authority: String?,
        on appeal: Aggregate,
        in world: any World
    ) throws -> Standing {
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
