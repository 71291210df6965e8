package import CanonicalJSON
package import Replication

extension LaneStanding {
    /// For `sync status`.
    package var json: JSON {
        var object: JSONObject = [
            "lane": .string(lane.rawValue), "doing": .string(doing.rawValue), "since": .integer(since),
            "awaits": .string(awaits.rawValue),
        ]
        object["nextTry"] = nextTry.map { .integer($0) }
        return .object(object)
    }
}
