import Appeals
import CanonicalJSON
import Commands
import Desk
import Replication
import Testing

extension CommandCity {
    /// The kind of the operation that a command wrote; nil if its result names none that is here.
    func kind(of result: CommandResult, at node: String) throws -> String? {
        guard result.json["outcome"] != nil, let write = result.json["write"]?.string.flatMap({ WriteName($0) })
        else { return nil }
        let store = try #require(node == "urz" ? officeStore : departments[node]?.store)
        return try store.read { try $0.operation(write.origin, write.number) }?.kind
    }

    /// What a command wrote is of a kind that its row of the table names.
    func expectKind(
        of name: String,
        _ result: CommandResult,
        at node: String,
        _ source: SourceLocation = #_sourceLocation
    ) throws {
        let writes = try #require(Commands.named(name), "\(name) has no row", sourceLocation: source).row.writes
        guard writes.standing != .reader, let kind = try kind(of: result, at: node) else { return }
        #expect(writes.all.contains(kind), "\(name) wrote \(kind)", sourceLocation: source)
    }
}
