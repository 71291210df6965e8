package import CanonicalJSON

/// What is left of an appeal that went: index, dates, own result; nothing personal.
///
/// Neither slice nor digest.
public struct StubRecord: Sendable, Equatable {
    public var appeal: String
    public var bytes: [UInt8]
    public var at: Int64
    /// The registration index that it had, as `bytes` say; empty if they do not.
    public var index = ""
    /// Own operations whose content is kept until they have an outcome and are durable.
    public var kept: Int64

    /// A stub; `at` is when the appeal left (unix ms), `kept` how many own operations still hold content.
    public init(appeal: String, bytes: [UInt8], at: Int64, kept: Int64, index: String = "") {
        self.index = index
        self.appeal = appeal
        self.bytes = bytes
        self.at = at
        self.kept = kept
    }
}

extension StubRecord {
    /// What it says: `index`, `registeredOn`, `due.statutory`, and in `assignments` the state of each of the department's own;
    /// nil of bytes that are no JSON.
    package var told: JSON? {
        do { return try JSON(parsing: bytes) } catch { return nil }
    }
}

/// An appeal that was erased, with the office's seal on that as its reader keeps it.
public struct ErasureRecord: Sendable, Equatable {
    public var appeal: String
    public var seal: String
    /// The registration index that it had, which the register keeps with the act; empty where it is not known.
    public var index: String

    /// An erasure; `seal` is empty if it came without one.
    public init(appeal: String, seal: String, index: String = "") {
        self.appeal = appeal
        self.seal = seal
        self.index = index
    }
}
