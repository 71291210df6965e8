extension MemoryTransaction {
    func stream(_ name: String) throws -> StreamRecord? { state.streams[name] }

    func streams(after: String, limit: Int) throws -> [StreamRecord] {
        state.streams.values(after: after, limit: limit)
    }

    func putStream(_ stream: StreamRecord) throws {
        let former = state.streams[stream.name]
        state.streams[stream.name] = stream
        undo.append { $0.streams[stream.name] = former }
    }

    private func entries(_ stream: String) -> [EntryRecord] { state.published[stream]?.entries ?? [] }

    private func place(_ stream: String, _ sequence: Int64) -> Int {
        let entries = entries(stream)
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func entries(_ stream: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        let start = place(stream, after == .max ? after : after + 1)
        return Array(entries(stream)[start...].prefix(limit))
    }

    func entry(_ stream: String, atOrBefore sequence: Int64) throws -> EntryRecord? {
        let place = place(stream, sequence == .max ? sequence : sequence + 1)
        return place == 0 ? nil : entries(stream)[place - 1]
    }

    func entries(_ stream: String, key: String, after: Int64, limit: Int) throws -> [EntryRecord] {
        let entries = entries(stream)
        return (state.published[stream]?.byKey[key] ?? []).lazy.filter { $0 > after }.prefix(limit).compactMap {
            let place = place(stream, $0)
            return entries.indices.contains(place) && entries[place].sequence == $0 ? entries[place] : nil
        }
    }

    func appendEntry(_ stream: String, _ entry: EntryRecord) throws {
        precondition(entry.sequence > entries(stream).last?.sequence ?? 0, "sequences of \(stream) rise")
        state.published[stream, default: MemoryState.Published()].entries.append(entry)
        state.published[stream]?.byKey[entry.key, default: []].append(entry.sequence)
        undo.append {
            $0.published[stream]?.entries.removeLast()
            $0.published[stream]?.byKey[entry.key]?.removeLast()
        }
    }

    func replaceEntry(_ stream: String, _ entry: EntryRecord) throws {
        let place = place(stream, entry.sequence)
        guard entries(stream).indices.contains(place), entries(stream)[place].sequence == entry.sequence else { return }
        let former = entries(stream)[place]
        state.published[stream]?.entries[place] = entry
        undo.append { $0.published[stream]?.entries[place] = former }
    }

    func deleteEntries(_ stream: String, upTo sequence: Int64, limit: Int) throws -> Int {
        let former = state.published[stream]
        undo.append { $0.published[stream] = former }
        let gone = entries(stream).prefix(min(limit, place(stream, sequence == .max ? sequence : sequence + 1)))
        for entry in gone { state.published[stream]?.byKey[entry.key]?.removeAll { $0 == entry.sequence } }
        state.published[stream]?.entries.removeFirst(gone.count)
        return gone.count
    }

    func clearStream(_ stream: String) throws {
        let former = state.published.removeValue(forKey: stream)
        undo.append { $0.published[stream] = former }
    }
}
