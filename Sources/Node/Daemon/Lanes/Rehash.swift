package import Replication

/// Looks through a node's rows for bytes that changed on the disk, a chunk at a time and the whole once a day.
///
/// Unchecked: on the queue of upkeep only.
package final class Rehash: @unchecked Sendable {
    /// A pass begins no sooner than this after the last one began (ms): it reads the file once in that time.
    static let pass: Int64 = 86_400_000

    /// What is gone over, a chunk after a key at a time.
    private let spaces: () throws -> [String]
    private let chunk: (_ space: String, _ after: String) throws -> (next: String?, broken: [String])
    private let end: () throws -> Void
    private let log: NodeLog
    private var left: [String] = []
    private var after = ""
    private var begun: Int64?

    /// Goes over a department's rows.
    package init(_ department: Department, log: NodeLog) {
        self.log = log
        spaces = { [Space.reference, Space.slice(department.node), Space.node(department.node)] }
        chunk = { try department.rehash(stream: $0, after: $1, limit: ReplicationLimits.chunk) }
        end = {}
    }

    /// Goes over an office's rows.
    package init(_ office: Office, log: NodeLog) {
        self.log = log
        spaces = { try office.spaces() }
        chunk = { try office.rehash($0, after: $1, limit: ReplicationLimits.chunk, now: Clock.now()) }
        end = { try office.resum(now: Clock.now()) }
    }

    /// Goes on with one chunk; true if nothing of the pass is left.
    ///
    /// `now` is by a clock that nobody sets, in milliseconds.
    @discardableResult
    package func goOn(now: Int64) throws -> Bool {
        if left.isEmpty {
            if let begun, now - begun < Self.pass { return true }
            begun = now
            left = try spaces()
        }
        guard let space = left.first else { return true }
        let (next, broken) = try chunk(space, after)
        for key in broken { log.line(.error, "row_broken", "the row \(key) of \(space) changed on the disk") }
        after = next ?? ""
        guard next == nil else { return false }
        left.removeFirst()
        if left.isEmpty { try end() }
        return left.isEmpty
    }
}
