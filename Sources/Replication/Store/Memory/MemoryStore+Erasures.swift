extension MemoryTransaction {
    func stub(_ appeal: String) throws -> StubRecord? { state.stubs[appeal] }

    func stubs(after: String, limit: Int) throws -> [StubRecord] {
        state.stubs.page(after: after, limit: limit).map(\.value)
    }

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

    func putErasure(_ appeal: String, seal: String, at: Int64) throws {
        let former = state.erasures[appeal]
        state.erasures[appeal] = ErasureRecord(appeal: appeal, seal: seal)
        undo.append { $0.erasures[appeal] = former }
    }
}
