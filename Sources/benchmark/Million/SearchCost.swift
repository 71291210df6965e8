import Appeals
import CanonicalJSON
import Finding
import Glibc
import Node
import Replication

/// What a first page of found appeals costs the store by itself: the time of the processor, which does not depend on what else the
/// machine does.
enum SearchCost {
    private static let times = 330

    /// Median and longest of each sort of query, in milliseconds; of a stopped node.
    static func look(_ directory: String, _ plan: Plan) throws -> JSON {
        let node = try OpenedNode.open(directory)
        defer { node.close() }
        let queries = try Queries(plan, Citizens())
        let watch = Stopwatch()
        for number in 0..<times {
            let query = queries.query(number)
            guard let wanted = SearchQuery(query.typed) else { throw Failure("«\(query.typed)» is no query") }
            let start = processor()
            _ = try node.store.read {
                try $0.find(Space.appeals, generation: 0, RowSearch(wanted), after: nil, limit: 50)
            }
            watch.add(Double(processor() - start) / 1_000_000, query.sort)
        }
        return watch.byPlace
    }

    /// Nanoseconds that this thread has worked.
    private static func processor() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
