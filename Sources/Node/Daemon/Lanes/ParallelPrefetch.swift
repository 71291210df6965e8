import Dispatch
import Locks
import Synchronization

/// Elements that a second thread makes, in their order, while the first of them are used.
///
/// Who asks for one that nobody works on yet makes it itself, so that nothing waits for a thread that never comes.
final class ParallelPrefetch<Element: Sendable>: Sendable {
    private let chunk: Int
    private let count: Int
    private let make: @Sendable (Range<Int>) -> [Element]
    private let next = Atomic(0)
    private let made: Locked<[[Element]?]>
    private let arrived: [DispatchSemaphore]

    /// `make` gives the elements of a range of places; it is called once for each place, from any thread.
    init(count: Int, chunk: Int, _ make: @escaping @Sendable (Range<Int>) -> [Element]) {
        self.count = count
        self.chunk = chunk
        self.make = make
        let chunks = (count + chunk - 1) / chunk
        made = Locked(Array(repeating: nil, count: chunks))
        arrived = (0..<chunks).map { _ in DispatchSemaphore(value: 0) }
    }

    /// Makes elements until nobody has to.
    func work() { while makeNext() {} }

    private func makeNext() -> Bool {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < arrived.count else { return false }
        let elements = make(place * chunk..<min(count, (place + 1) * chunk))
        made.withLock { $0[place] = elements }
        arrived[place].signal()
        return true
    }

    /// The element of a place; waits until it is made.
    func element(_ place: Int) -> Element {
        while true {
            if let elements = made.withLock({ $0[place / chunk] }) { return elements[place % chunk] }
            if next.load(ordering: .relaxed) <= place / chunk, makeNext() { continue }
            // Another thread is at it.
            arrived[place / chunk].wait()
            arrived[place / chunk].signal()
        }
    }
}
