import Cryptography

extension MemoryTransaction {
    func tenure(_ stream: String, key: String) throws -> TenureRecord? { state.tenures[stream]?[key] }

    func tenures(key: String) throws -> [TenureRecord] {
        state.tenures.keys.sorted().compactMap { state.tenures[$0]?[key] }
    }

    func openTenures(_ stream: String, after: String, limit: Int) throws -> [TenureRecord] {
        Array(
            (state.tenures[stream]?.page(after: after, limit: .max) ?? []).map(\.value).filter(\.isOpen).prefix(limit)
        )
    }

    func tenures(endedBefore day: String, after: TenureRecord?, limit: Int) throws -> [TenureRecord] {
        func place(_ tenure: TenureRecord) -> (String, String, String) { (tenure.ends, tenure.stream, tenure.key) }
        return Array(
            state.tenures.values.flatMap(\.inOrder)
                .filter { $0.isOpen && !$0.ends.isEmpty && $0.ends < day }
                .filter { one in after.map { place($0) < place(one) } ?? true }
                .sorted { place($0) < place($1) }.prefix(limit)
        )
    }

    func tenureDigests(
        _ stream: String,
        from: String,
        to: String,
        limit: Int
    ) throws -> [(key: String, digest: SHA256Digest)] {
        let open = (state.tenures[stream]?.range(from: from, to: to) ?? []).filter(\.value.isOpen)
        return open.prefix(limit).map { ($0.key, $0.value.digest) }
    }

    func tenureRange(_ stream: String, from: String, to: String) throws -> (count: Int64, sum: SHA256Digest) {
        Self.sum(try tenureDigests(stream, from: from, to: to, limit: .max).map(\.digest))
    }

    func putTenure(_ tenure: TenureRecord) throws {
        let former = state.tenures[tenure.stream]?[tenure.key]
        state.tenures[tenure.stream, default: SortedTable()][tenure.key] = tenure
        undo.append { $0.tenures[tenure.stream]?[tenure.key] = former }
    }
}
