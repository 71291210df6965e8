extension MemoryTransaction {
    func node(_ node: String) throws -> NodeRecord? { state.nodes[node] }

    func node(key: String) throws -> NodeRecord? { state.nodes.all.first { $0.value.key == key }?.value }

    func nodes(after: String, limit: Int) throws -> [NodeRecord] {
        state.nodes.page(after: after, limit: limit).map(\.value)
    }

    func putNode(_ node: NodeRecord) throws {
        let former = state.nodes[node.node]
        state.nodes[node.node] = node
        undo.append { $0.nodes[node.node] = former }
    }

    func reader(_ node: String, _ stream: String) throws -> ReaderRecord? { state.readers[node + " " + stream] }

    func readers(stream: String, after node: String, limit: Int) throws -> [ReaderRecord] {
        let readers = state.readers.all.lazy.map(\.value).filter { reader in
            reader.stream == stream && SortedTable<Int>.isBefore(node, reader.node)
        }
        return Array(readers.sorted { SortedTable<Int>.isBefore($0.node, $1.node) }.prefix(limit))
    }

    func putReader(_ reader: ReaderRecord) throws {
        let key = reader.node + " " + reader.stream
        let former = state.readers[key]
        state.readers[key] = reader
        undo.append { $0.readers[key] = former }
    }
}
