extension MemoryTransaction {
    func stub(_ appeal: String) throws -> StubRecord? { state.stubs[appeal] }

    func stubs(after: String, limit: Int) throws -> [StubRecord] {
        state.stubs.page(after: after, limit: limit).map(\.value)
    }

    func stub(index: String) throws -> StubRecord? {
        if index.isEmpty { return nil }
        return byDeparture.first { SortedTable<StubRecord>.isSame($0.index, index) }
    }

    func departed(before: (at: Int64, appeal: String)?, limit: Int) throws -> [StubRecord] {
        Array(byDeparture.filter { stub in before.map { (stub.at, stub.appeal) < $0 } ?? true }.prefix(limit))
    }

    private var byDeparture: [StubRecord] {
        state.stubs.all.map(\.value).sorted { ($0.at, $0.appeal) > ($1.at, $1.appeal) }
    }

    func erasure(index: String) throws -> ErasureRecord? {
        if index.isEmpty { return nil }
        return state.erasures.all.map(\.value).first { SortedTable<ErasureRecord>.isSame($0.index, index) }
    }

    func erasedAt(_ appeal: String) throws -> Int64? { state.erasedAt[appeal] }

    func putStub(_ stub: StubRecord) throws { set(stub, stub.appeal) }

    func deleteStub(_ appeal: String) throws { set(nil, appeal) }

    private func set(_ stub: StubRecord?, _ appeal: String) {
        let former = state.stubs[appeal]
        state.stubs[appeal] = stub
        undo.append { $0.stubs[appeal] = former }
    }

    func isErased(_ appeal: String) throws -> Bool { state.erasures[appeal] != nil }

    func erasures(after: String, limit: Int) throws -> [ErasureRecord] {
        state.erasures.page(after: after, limit: limit).map(\.value)
    }

    func putErasure(_ erasure: ErasureRecord, at: Int64) throws {
        let (former, formerAt) = (state.erasures[erasure.appeal], state.erasedAt[erasure.appeal])
        var erasure = erasure
        if erasure.index.isEmpty { erasure.index = former?.index ?? "" }
        state.erasures[erasure.appeal] = erasure
        state.erasedAt[erasure.appeal] = at
        undo.append {
            $0.erasures[erasure.appeal] = former
            $0.erasedAt[erasure.appeal] = formerAt
        }
    }
}
