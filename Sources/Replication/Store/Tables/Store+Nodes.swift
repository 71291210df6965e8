/// The allow-list of an office, and how far each node has read each stream.
public protocol NodeReading: AnyObject {
    /// A node by its id.
    func node(_ node: String) throws -> NodeRecord?
    /// A node by the hash of its key (64 hexadecimal digits); the first id if several have it.
    func node(key: String) throws -> NodeRecord?
    /// At most `limit` nodes with `node > after`, in the order of ids.
    func nodes(after: String, limit: Int) throws -> [NodeRecord]
    /// How far a node has read a stream.
    func reader(_ node: String, _ stream: String) throws -> ReaderRecord?
    /// At most `limit` readers of a stream with `node > after`, in the order of nodes: everybody reads `reference`.
    func readers(stream: String, after node: String, limit: Int) throws -> [ReaderRecord]
}

/// Changes of nodes and readers.
public protocol NodeWriting: NodeReading {
    /// Puts a node, in place of the one of its id or anew.
    func putNode(_ node: NodeRecord) throws
    /// Puts how far a node has read a stream.
    func putReader(_ reader: ReaderRecord) throws
}
