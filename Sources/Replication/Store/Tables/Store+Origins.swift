public import Appeals

/// What a node knows of logs.
public protocol OriginReading: AnyObject {
    /// What is known of one log.
    func origin(_ origin: Origin) throws -> OriginRecord?
    /// All logs of a node, in the order of incarnations: few, since a day begins only so many
    /// (`ReplicationLimits.incarnationsADay`) and those that hold nothing are forgotten.
    func origins(node: String) throws -> [OriginRecord]
}

/// Changes of what is known of logs.
public protocol OriginWriting: OriginReading {
    /// Puts what is known of a log, in place of what was known before.
    func putOrigin(_ origin: OriginRecord) throws
    /// Forgets a log that holds nothing.
    func deleteOrigin(_ origin: Origin) throws
}
