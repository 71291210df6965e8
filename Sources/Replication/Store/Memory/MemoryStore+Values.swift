extension MemoryTransaction {
    func value(_ key: String) throws -> String? { state.values[key] }

    func setValue(_ key: String, _ value: String?) throws {
        let former = state.values[key]
        state.values[key] = value
        undo.append { $0.values[key] = former }
    }
}
