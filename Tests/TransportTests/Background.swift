import Glibc
import Locks
import Transport

/// One request on a thread of its own.
final class Background: Sendable {
    let client: HTTPSClient
    private let url: String
    private let outcome = Locked<String?>(nil)
    private let thread = Locked<pthread_t?>(nil)

    init(_ trust: ClientTrust, _ url: String) throws {
        client = try HTTPSClient(trust)
        self.url = url
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { me in
                if let me { Unmanaged<Background>.fromOpaque(me).takeRetainedValue().work() }
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        self.thread.withLock { $0 = thread }
    }

    private func work() {
        let words: String
        do throws(ClientError) {
            let answer = try client.request(method: "GET", url: url, maxBytes: 100_000)
            words = "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
        } catch { words = "\(error.kind): \(error)" }
        outcome.withLock { $0 = words }
    }

    func result() -> String {
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
        return outcome.withLock { $0 } ?? "nothing"
    }
}
