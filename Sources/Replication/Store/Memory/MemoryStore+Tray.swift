extension MemoryTransaction {
    func tray(kind: TrayKind?, after: Int64, limit: Int) throws -> [TrayRecord] {
        Array(state.tray.lazy.filter { $0.id > after && (kind == nil || $0.kind == kind) }.prefix(limit))
    }

    func tray(kind: TrayKind, subject: String, after: Int64, limit: Int) throws -> [TrayRecord] {
        let found = state.tray.lazy.filter {
            $0.id > after && $0.kind == kind && SortedTable<TrayRecord>.isSame($0.subject, subject)
        }
        return Array(found.prefix(limit))
    }

    func addTray(_ item: TrayRecord) throws {
        undo.append {
            $0.lastTray -= 1
            $0.tray.removeLast()
        }
        state.lastTray += 1
        var item = item
        item.id = state.lastTray
        state.tray.append(item)
    }

    func deleteTray(_ id: Int64) throws {
        guard let place = state.tray.firstIndex(where: { $0.id == id }) else { return }
        let former = state.tray.remove(at: place)
        undo.append { $0.tray.insert(former, at: place) }
    }
}
