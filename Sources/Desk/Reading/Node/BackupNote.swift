package import CanonicalJSON

/// The last backup of a node that was read back whole, as the node remembers it.
package struct BackupNote: Sendable, Equatable {
    /// Unix milliseconds.
    package let made: Int64
    package let directory: String
    /// Whether it lies on another device than the node: only then it outlives the disk.
    package let isElsewhere: Bool
    package let operations: Int64

    package init(made: Int64, directory: String, isElsewhere: Bool, operations: Int64) {
        self.made = made
        self.directory = directory
        self.isElsewhere = isElsewhere
        self.operations = operations
    }

    /// Nil if something else is written there.
    package init?(_ json: JSON) {
        guard let made = json["made"]?.integer, let directory = json["directory"]?.string,
            let isElsewhere = json["elsewhere"]?.bool, let operations = json["operations"]?.integer
        else { return nil }
        self.init(made: made, directory: directory, isElsewhere: isElsewhere, operations: operations)
    }

    package var json: JSON {
        [
            "made": .integer(made), "directory": .string(directory), "elsewhere": .bool(isElsewhere),
            "operations": .integer(operations),
        ]
    }
}
