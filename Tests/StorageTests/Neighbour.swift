import Dispatch
import Testing

/// Another thread, on which a test runs something and waits for it.
final class Neighbour: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var result: String?

    func start(_ body: @escaping @Sendable () throws -> String?) {
        let thread = DispatchQueue(label: "neighbour")
        thread.async {
            do { self.result = try body() } catch { Issue.record(error) }
            self.done.signal()
        }
    }

    func wait() -> String? {
        done.wait()
        return result
    }

    func run(_ body: @escaping @Sendable () throws -> String?) -> String? {
        start(body)
        return wait()
    }
}
