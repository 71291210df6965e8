/// A moment at which the loop calls back; made once and scheduled again and again.
final class LoopTimer {
    fileprivate(set) var due: Int64 = 0
    fileprivate var position: Int?
    private let action: () -> Void

    init(_ action: @escaping () -> Void) { self.action = action }

    var isScheduled: Bool { position != nil }

    func fire() { action() }
}

/// The scheduled timers, the earliest first: a binary heap whose timers know their places.
struct TimerHeap {
    private var heap: [LoopTimer] = []

    var first: Int64? { heap.first?.due }

    mutating func schedule(_ timer: LoopTimer, at due: Int64) {
        timer.due = due
        if let position = timer.position {
            sift(position)
        } else {
            timer.position = heap.count
            heap.append(timer)
            sift(heap.count - 1)
        }
    }

    mutating func remove(_ timer: LoopTimer) {
        guard let position = timer.position else { return }
        timer.position = nil
        let last = heap.removeLast()
        if position < heap.count {
            place(last, position)
            sift(position)
        }
    }

    mutating func popDue(_ now: Int64) -> LoopTimer? {
        guard let timer = heap.first, timer.due <= now else { return nil }
        remove(timer)
        return timer
    }

    private mutating func place(_ timer: LoopTimer, _ position: Int) {
        heap[position] = timer
        timer.position = position
    }

    private mutating func sift(_ start: Int) {
        let timer = heap[start]
        var position = start
        while position > 0, heap[(position - 1) / 2].due > timer.due {
            place(heap[(position - 1) / 2], position)
            position = (position - 1) / 2
        }
        while true {
            var child = 2 * position + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].due < heap[child].due { child += 1 }
            guard heap[child].due < timer.due else { break }
            place(heap[child], position)
            position = child
        }
        place(timer, position)
    }
}
