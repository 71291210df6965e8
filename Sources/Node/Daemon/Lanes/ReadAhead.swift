import Dispatch
import Locks
import Replication

/// Asks for the page after the one that is being applied, so that office and department work at the same time.
///
/// It only guesses what the link will ask (`Department.guess`): a page that the link then does not ask for, word for
/// word, is dropped. One page at most is on the way, on the lane's own client, which the lane does not use meanwhile.
final class ReadAhead: @unchecked Sendable {
    private let exchange: @Sendable (WireRequest) -> LinkInput
    private let guess: (WireRequest, [UInt8]) -> WireRequest?
    private let queue = DispatchQueue(label: "kartoteka.link.ahead")
    private let answer = Locked<LinkInput?>(nil)
    private let arrived = DispatchSemaphore(value: 0)
    /// Touched by the lane's thread only.
    private var asked: WireRequest?

    init(
        _ exchange: @escaping @Sendable (WireRequest) -> LinkInput,
        guess: @escaping (WireRequest, [UInt8]) -> WireRequest?
    ) {
        self.exchange = exchange
        self.guess = guess
    }

    /// The answer to this request if it was asked ahead; waits for it, since the client is busy until then.
    func take(_ request: WireRequest) -> LinkInput? {
        guard let asked else { return nil }
        end()
        return answer.withLock { answer in
            defer { answer = nil }
            return asked == request ? answer : nil
        }
    }

    func begin(after request: WireRequest, _ input: LinkInput) {
        end()
        guard case .replied(_, let response) = input, response.status == 200,
            let next = guess(request, response.body)
        else { return }
        asked = next
        queue.async {
            let found = self.exchange(next)
            self.answer.withLock { $0 = found }
            self.arrived.signal()
        }
    }

    /// Waits until nothing is on the way.
    func end() {
        guard asked != nil else { return }
        arrived.wait()
        asked = nil
    }
}
