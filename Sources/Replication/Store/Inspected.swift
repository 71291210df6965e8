/// What of a store on the disk can be looked at, with the key of each.
package enum InspectedTable: String, CaseIterable, Sendable {
    case value, row, operation, stream, tenure, origin

    package var key: [String] {
        switch self {
        case .value: ["key"]
        case .row: ["space", "generation", "key"]
        case .operation: ["origin", "number"]
        case .stream: ["name"]
        case .tenure: ["stream", "key"]
        case .origin: ["origin"]
        }
    }

    /// Whether a part of a key is a number; all others are texts.
    package static func isNumber(_ part: String) -> Bool { part == "generation" || part == "number" }
}

/// A value as it lies on the disk.
package enum InspectedCell: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    /// It is there, and is not shown.
    case secret
}

/// A record as it lies on the disk, whatever the store would make of it.
package struct InspectedRecord: Sendable {
    package let key: [InspectedCell]
    /// By name, in the table's order; empty if the record cannot be read.
    package var columns: [(name: String, cell: InspectedCell)] = []
    /// What of it cannot be read, and why; empty if all can.
    package var unreadable: [(name: String, found: String)] = []

    /// Nothing of it is read yet.
    package init(key: [InspectedCell]) { self.key = key }
}

/// A stretch of keys, between two that were found, of which nothing can be read.
package struct InspectedGap: Sendable {
    /// Empty: nothing was found before it.
    package let after: [InspectedCell]
    /// Empty: nothing was found behind it.
    package let before: [InspectedCell]
    package let found: String

    /// `found` says in SQLite's words what kept from reading on.
    package init(after: [InspectedCell], before: [InspectedCell], found: String) {
        self.after = after
        self.before = before
        self.found = found
    }
}

/// Some records of a table in the order of their keys.
package struct InspectedPage: Sendable {
    package var records: [InspectedRecord] = []
    package var gaps: [InspectedGap] = []
    /// The key behind which the next page begins; nil at the end.
    package var next: [InspectedCell]?

    /// Without records and gaps: the end.
    package init() {}
}
