import Appeals
import Commands
import Desk
import Replication

extension NodeDoctor {
    /// Follows the chain of every log as a backup does, so that what stops a backup is known before it is wanted.
    static func logs(_ node: OpenedNode) throws -> Check {
        var broken: [Label] = []
        var count: Int64 = 0
        for record in try node.store.read({ try LogWalk.origins($0) }) {
            var walk = LogWalk(record.origin)
            do throws(BrokenLog) { while try page(of: &walk, node) {} } catch {
                if let cause = error.cause { throw cause }
                broken.append(error.label)
            }
            count += walk.count
        }
        let found =
            broken.isEmpty
            ? Label(uk: "журнали цілі, дій: \(count)", en: "the logs are whole, operations: \(count)")
            : Label(uk: "журнал зіпсовано: ", en: "a log is broken: ") + broken[0]
        return Check(
            "logs",
            isOK: broken.isEmpty,
            found: found,
            fix: "kartoteka restore BACKUP --keys FILE --data NEW-DIRECTORY",
            exit: .integrity
        )
    }

    /// A reading of its own for every page: no log is held open while it is followed.
    private static func page(of walk: inout LogWalk, _ node: OpenedNode) throws(BrokenLog) -> Bool {
        var found: Result<Bool, BrokenLog>?
        do {
            try node.store.read { reading in
                do throws(BrokenLog) { found = .success(try walk.page(reading)) } catch { found = .failure(error) }
            }
        } catch { throw BrokenLog(walk.origin, 0, Label("\(error)"), cause: error) }
        return try found?.get() ?? false
    }
}
