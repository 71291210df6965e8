public import CanonicalJSON

/// Limits that decide whether an operation is admissible: constants of protocol version 1, the same on every node.
public enum Limits {
    /// The version of the protocol that these constants belong to.
    public static let version: Int64 = 1
    /// One operation as a line, in bytes.
    public static let operation = 65_536
    /// A text field, in bytes of UTF-8.
    public static let text = 49_152
    /// Any other string, in bytes of UTF-8.
    public static let string = 4_096
    public static let depth = 32
    /// A name of a node, a department or a user, in bytes.
    public static let identifier = 32
    /// A key of an object, in bytes.
    public static let key = 128
    /// An appeal as sent, in bytes (`appealFull` beyond it).
    public static let appeal = 4_194_304
    /// Items that one operation may write.
    public static let effects = 256
    /// Elements of an array in a body.
    public static let elements = 64
    /// Days that a day of registration may lie ahead of today: what comes on a weekend or before holidays is registered on
    /// the next working day, and clocks differ.
    public static let registeredAhead = 14

    /// How the bytes of an operation are read.
    public static var operationJSON: JSONLimits {
        var limits = JSONLimits.protocolProfile
        limits.totalBytes = operation
        limits.stringBytes = text
        return limits
    }

    /// How an operation from the node's own store is read: with wider limits than a received one, so that anything ever
    /// stored, under other limits or by mistake, stays readable.
    public static var storedJSON: JSONLimits {
        var limits = JSONLimits.general
        limits.depth = JSONLimits.deepest
        return limits
    }

    /// How a row of a stream is read.
    public static var aggregate: JSONLimits {
        var limits = JSONLimits.protocolProfile
        limits.totalBytes = appeal + 65_536
        limits.stringBytes = text
        limits.keyBytes = 512
        return limits
    }
}
