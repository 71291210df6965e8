import CanonicalJSON
import Dispatch
import Replication
import Synchronization

/// Asks for the page after the one that is being applied, so that office and department work at the same time.
///
/// It only guesses what the link will ask: a page that the link then does not ask for, word for word, is dropped. One
/// page at most is on the way, on the lane's own client, which the lane does not use meanwhile.
final class ReadAhead: @unchecked Sendable {
    private let exchange: @Sendable (WireRequest) -> LinkInput
    private let queue = DispatchQueue(label: "kartoteka.link.ahead")
    private let answer = Mutex<LinkInput?>(nil)
    private let arrived = DispatchSemaphore(value: 0)
    /// Touched by the lane's thread only.
    private var asked: WireRequest?

    init(_ exchange: @escaping @Sendable (WireRequest) -> LinkInput) { self.exchange = exchange }

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
            let next = Self.next(request, response.body)
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

    /// The request for the page that follows, by the last line of this one; nil if there is none.
    ///
    /// Not verified yet: whoever forged it only makes a page in vain.
    private static func next(_ request: WireRequest, _ body: [UInt8]) -> WireRequest? {
        guard request.path == "/sync/v1/snapshot" || request.path == "/sync/v1/pull", request["wait"] == nil,
            let last = Lines.last(body), let reply = (try? JSON(parsing: last))?["reply"]
        else { return nil }
        var next = request
        func set(_ name: String, _ value: String) {
            if let place = next.query.firstIndex(where: { $0.0 == name }) { next.query[place].1 = value }
        }
        if request.path == "/sync/v1/snapshot" {
            guard let after = reply["next"]?.string else { return nil }
            set("after", after)
        } else {
            guard let to = reply["to"]?.integer, let mark = reply["mark"]?.string, to < reply["head"]?.integer ?? 0
            else { return nil }
            set("after", String(to))
            set("mark", mark)
        }
        return next
    }
}
