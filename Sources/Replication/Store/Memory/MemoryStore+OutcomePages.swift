import Appeals

extension MemoryTransaction {
    func outcomePages(_ origin: Origin, from first: Int64, to last: Int64) throws -> [OutcomePage] {
        (state.outcomePages[origin] ?? []).filter { $0.last >= first && $0.first <= last }
    }

    func putOutcomePage(_ page: OutcomePage) throws {
        let former = state.outcomePages[page.origin]
        var pages = (former ?? []).filter { $0.first != page.first || $0.isRetransmitted != page.isRetransmitted }
        let place = pages.firstIndex {
            ($0.first, $0.isRetransmitted ? 1 : 0) > (page.first, page.isRetransmitted ? 1 : 0)
        }
        pages.insert(page, at: place ?? pages.count)
        state.outcomePages[page.origin] = pages
        undo.append { $0.outcomePages[page.origin] = former }
    }

    func deleteOutcomePages(_ origin: Origin, upTo last: Int64, limit: Int) throws -> Int {
        guard let former = state.outcomePages[origin] else { return 0 }
        var left = limit
        let kept = former.filter { page in
            guard left > 0, page.last <= last else { return true }
            left -= 1
            return false
        }
        guard kept.count < former.count else { return 0 }
        state.outcomePages[origin] = kept
        undo.append { $0.outcomePages[origin] = former }
        return former.count - kept.count
    }
}
