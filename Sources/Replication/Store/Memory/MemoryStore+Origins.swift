import Appeals

extension MemoryTransaction {
    func origin(_ origin: Origin) throws -> OriginRecord? { state.origins[origin.node]?[origin.incarnation] }

    func origins(node: String) throws -> [OriginRecord] { state.origins[node]?.inOrder ?? [] }

    func putOrigin(_ record: OriginRecord) throws {
        let (node, incarnation) = (record.origin.node, record.origin.incarnation)
        let former = state.origins[node]?[incarnation]
        state.origins[node, default: SortedTable()][incarnation] = record
        undo.append { $0.origins[node]?[incarnation] = former }
    }

    func deleteOrigin(_ origin: Origin) throws {
        let former = state.origins[origin.node]?[origin.incarnation]
        state.origins[origin.node]?[origin.incarnation] = nil
        undo.append { $0.origins[origin.node]?[origin.incarnation] = former }
    }
}
