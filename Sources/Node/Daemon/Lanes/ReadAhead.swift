import Dispatch
import Locks
import Replication

/// Requests the page after the one that is being applied, so that office and department work at the same time.
///
/// It only predicts what the link will ask for (`Department.predictNextRequest`): a page that the link then does not
/// request word for word is dropped. At most one page is in flight, on the lane's own client, which the lane does not use
/// meanwhile.
final class ReadAhead: @unchecked Sendable {
    private let exchange: @Sendable (WireRequest) -> LinkInput
    private let predict: (WireRequest, [UInt8]) -> WireRequest?
    private let queue = DispatchQueue(label: "kartoteka.link.ahead")
    private let answer = Locked<LinkInput?>(nil)
    private let arrived = DispatchSemaphore(value: 0)
    /// Touched by the lane's thread only.
    private var asked: WireRequest?

    /// `exchange` makes a request and waits for its answer; `predict` gives the next one, nil if there is none to
    /// predict.
    init(
        _ exchange: @escaping @Sendable (WireRequest) -> LinkInput,
        predict: @escaping (WireRequest, [UInt8]) -> WireRequest?
    ) {
        self.exchange = exchange
        self.predict = predict
    }

    /// The answer to this request if it was sent ahead; waits for it, since the client is busy until then.
    func take(_ request: WireRequest) -> LinkInput? {
        guard let asked else { return nil }
        end()
        return answer.withLock { answer in
            defer { answer = nil }
            return asked == request ? answer : nil
        }
    }

    /// Sends the predicted request after `request`, once its reply came whole; nothing if none can be predicted.
    func begin(after request: WireRequest, _ input: LinkInput) {
        end()
        guard case .replied(_, let response) = input, response.status == 200,
            let next = predict(request, response.body)
        else { return }
        asked = next
        queue.async {
            let found = self.exchange(next)
            self.answer.withLock { $0 = found }
            self.arrived.signal()
        }
    }

    /// Waits until nothing is in flight.
    func end() {
        guard asked != nil else { return }
        arrived.wait()
        asked = nil
    }
}
