import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication

/// What stands around every page: where one is, who one is, what is to be done, and how own work stands.
struct Shell {
    /// The printed name of the department, or of the office.
    let place: String
    /// The printed name of whoever is signed in.
    let person: String
    /// The roles in which they act.
    let roles: [String]
    /// Whether they look after the node.
    let looksAfter: Bool
    let queues: [CountedQueue]
    let views: [SavedView]
    /// Own acts that are not with the office; nil at the office.
    let unsent: Int64?
    let chip: SyncChip
}

extension WebCall {
    /// All of it in one snapshot.
    func shell() throws -> Shell {
        let status = try site.context.running?.status(language)
        return try desk.read { reading in
            let user = person?.user ?? ""
            let own = try desk.roles(of: user, in: site.node, reading)
            let facts = try SyncFacts(desk, reading, status: status)
            return Shell(
                place: try placeName(reading),
                person: try desk.names(of: [user], reading).person(user),
                roles: person?.role.map { [$0] } ?? own,
                looksAfter: own.contains(desk.lookingAfter),
                queues: try queues(reading),
                views: try savedViews(reading),
                unsent: desk.isOffice ? nil : facts.unsent,
                chip: SyncChip(facts, LinkFacts(status), now: now)
            )
        }
    }

    /// This node as people call it: the office, or the printed name of its department.
    func nodeName(_ reading: any StoreReading) throws -> String {
        desk.isOffice ? say("Центр", "the office") : try desk.departmentName(site.node, reading)
    }

    /// The printed name of this node's department; the office without an entry of its own is called so.
    func placeName(_ reading: any StoreReading) throws -> String {
        let name = try desk.departmentName(site.node, reading)
        guard desk.isOffice, name == site.node else { return name }
        return say("Центр", "The office") + " · " + name
    }
}
