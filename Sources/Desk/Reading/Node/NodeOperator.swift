import Appeals
package import Replication

/// Whoever looks after a node: at the office its administrators, at a department its heads; nobody else sees how it is kept.
extension Desk {
    /// The role that looks after this node.
    package var lookingAfter: String { Access(place).managing }

    /// Whether the person who asks looks after this node now.
    package func looksAfter(_ reading: any StoreReading) throws -> Bool {
        guard let user = who.user, Names.isIdentifier(user) else { return false }
        return try roles(of: user, in: place.node, reading).contains(lookingAfter)
    }

    /// Refused as `notLookingAfter` unless the person who asks looks after this node now.
    package func requireLookingAfter() throws {
        guard try !read({ try looksAfter($0) }) else { return }
        let role = Wording.roleOfPerson(lookingAfter)
        throw DeskError(
            .permission,
            "notLookingAfter",
            uk: "стан вузла бачить і за нього відповідає лише \(role.uk)",
            en: "how the node stands is seen and looked after by its \(role.en) alone"
        )
    }
}
