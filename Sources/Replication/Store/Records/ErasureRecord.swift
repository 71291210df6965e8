/// What is left of an appeal that went: index, dates, own result; nothing personal.
///
/// Neither slice nor digest.
public struct StubRecord: Sendable, Equatable {
    public var appeal: String
    public var bytes: [UInt8]
    public var at: Int64
    /// Own operations whose content is kept until they have an outcome and are durable.
    public var kept: Int64

    /// A stub; `at` is when the appeal left (unix ms), `kept` how many own operations still hold content.
    public init(appeal: String, bytes: [UInt8], at: Int64, kept: Int64) {
        self.appeal = appeal
        self.bytes = bytes
        self.at = at
        self.kept = kept
    }
}

/// An appeal that was erased, with the office's seal on that as its reader keeps it.
public struct ErasureRecord: Sendable, Equatable {
    public var appeal: String
    public var seal: String

    /// An erasure; `seal` is empty if it came without one.
    public init(appeal: String, seal: String) {
        self.appeal = appeal
        self.seal = seal
    }
}
