import CPlatform
import Glibc
import Locks

/// The events of epoll that the loop knows.
enum LoopEvents {
    static let readable = UInt32(KARTOTEKA_READABLE)
    static let writable = UInt32(KARTOTEKA_WRITABLE)
    static let peerClosed = UInt32(KARTOTEKA_PEER_CLOSED)
    static let hangUp = UInt32(KARTOTEKA_HANGUP)
    static let error = UInt32(KARTOTEKA_ERROR)
}

/// A callback for a file descriptor of the loop.
protocol LoopTarget: AnyObject {
    /// Called on the loop's thread, with the events of epoll.
    func ready(_ events: UInt32)
}

/// One thread that waits on file descriptors and timers and runs their callbacks.
///
/// Unchecked: everything but `posted` is touched on the loop's own thread only.
public final class EventLoop: @unchecked Sendable {
    private struct Slot {
        let target: any LoopTarget
        let generation: UInt32
    }

    private struct Posted {
        var jobs: [@Sendable () -> Void] = []
        var isStopping = false
        var thread: pthread_t?
    }

    private let epoll: Int32
    private let wake: Int32
    private let posted = Locked(Posted())
    private var slots: [Int32: Slot] = [:]
    private var generation: UInt32 = 0
    private var timers = TimerHeap()
    /// Milliseconds of the monotonic clock, as of the present turn of the loop.
    private(set) var now = kartoteka_monotonic_milliseconds()
    /// The buffer that all connections read into: an idle one owns none.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    private static let wakeTag = UInt64.max

    /// Starts the loop's thread; throws if the system refuses a descriptor or the thread.
    public init() throws(ServerError) {
        epoll = kartoteka_epoll_create()
        guard epoll >= 0 else { throw .system("starting the event loop", errno: -epoll) }
        wake = kartoteka_eventfd()
        guard wake >= 0 else {
            kartoteka_close(epoll)
            throw .system("starting the event loop", errno: -wake)
        }
        _ = kartoteka_epoll_control(
            epoll,
            Int32(KARTOTEKA_EPOLL_ADD),
            wake,
            LoopEvents.readable,
            Self.wakeTag
        )
        // A peer that went away must not end the process; OpenSSL writes without MSG_NOSIGNAL.
        kartoteka_ignore_sigpipe()
        try start()
    }

    deinit {
        scratch.deallocate()
        kartoteka_close(wake)
        kartoteka_close(epoll)
    }

    /// Runs the job on the loop's thread, soon; from any thread.
    ///
    /// After the end of the loop: false, and never.
    @discardableResult
    public func post(_ job: @escaping @Sendable () -> Void) -> Bool {
        let (isStopping, mustWake) = posted.withLock { posted in
            guard !posted.isStopping else { return (true, false) }
            defer { posted.jobs.append(job) }
            let isOther = posted.thread.map { pthread_equal($0, pthread_self()) == 0 } ?? true
            return (false, posted.jobs.isEmpty && isOther)
        }
        if mustWake { kartoteka_eventfd_signal(wake) }
        return !isStopping
    }

    /// Runs the job on the loop's thread and waits for it; after the end of the loop, on this thread.
    public func run<Value: Sendable>(_ job: @escaping @Sendable () -> Value) -> Value {
        if isCurrent { return job() }
        let box = Box<Value>()
        guard post({ box.fill(job()) }) else { return job() }
        return box.wait()
    }

    /// Ends the thread; registered callbacks are never called again.
    public func stop() {
        precondition(!isCurrent, "the loop cannot wait for its own end")
        let thread = posted.withLock { posted -> pthread_t? in
            defer {
                posted.isStopping = true
                posted.thread = nil
            }
            return posted.thread
        }
        guard let thread else { return }
        kartoteka_eventfd_signal(wake)
        pthread_join(thread, nil)
    }

    var isCurrent: Bool {
        posted.withLock { $0.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    // MARK: On the loop's thread

    /// Waits for events on a descriptor; answers false when the system refuses.
    func register(_ fd: Int32, _ events: UInt32, _ target: any LoopTarget) -> Bool {
        generation &+= 1
        slots[fd] = Slot(target: target, generation: generation)
        let tag = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: fd))
        let result = kartoteka_epoll_control(epoll, Int32(KARTOTEKA_EPOLL_ADD), fd, events, tag)
        if result < 0 { slots[fd] = nil }
        return result >= 0
    }

    func change(_ fd: Int32, _ events: UInt32) {
        guard let slot = slots[fd] else { return }
        let tag = UInt64(slot.generation) << 32 | UInt64(UInt32(bitPattern: fd))
        _ = kartoteka_epoll_control(epoll, Int32(KARTOTEKA_EPOLL_CHANGE), fd, events, tag)
    }

    func unregister(_ fd: Int32) {
        slots[fd] = nil
        _ = kartoteka_epoll_control(epoll, Int32(KARTOTEKA_EPOLL_REMOVE), fd, 0, 0)
    }

    func schedule(_ timer: LoopTimer, at milliseconds: Int64) { timers.schedule(timer, at: milliseconds) }

    func cancel(_ timer: LoopTimer) { timers.remove(timer) }

    // MARK: The thread

    private func start() throws(ServerError) {
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = posted.withLock { posted in
            let result = pthread_create(
                &thread,
                nil,
                { context in
                    guard let context else { return nil }
                    kartoteka_name_thread("network")
                    Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().work()
                    return nil
                },
                context.toOpaque()
            )
            if result == 0 { posted.thread = thread }
            return result
        }
        guard result == 0 else {
            context.release()
            throw .system("starting the event loop's thread", errno: result)
        }
    }

    private func work() {
        var events = [kartoteka_event](repeating: kartoteka_event(), count: 64)
        while true {
            let (jobs, isStopping) = posted.withLock { posted in
                defer { posted.jobs = [] }
                return (posted.jobs, posted.isStopping)
            }
            now = kartoteka_monotonic_milliseconds()
            for job in jobs { job() }
            if isStopping { break }
            while let timer = timers.popDue(now) { timer.fire() }
            let isIdle = posted.withLock { $0.jobs.isEmpty && !$0.isStopping }
            let pause = isIdle ? timers.first.map { Int32(clamping: max(0, $0 - now)) } ?? -1 : 0
            let count = kartoteka_epoll_wait(epoll, &events, 64, pause)
            now = kartoteka_monotonic_milliseconds()
            for event in events.prefix(Int(max(0, count))) { deliver(event) }
        }
        slots = [:]
        timers = TimerHeap()
    }

    private func deliver(_ event: kartoteka_event) {
        guard event.tag != Self.wakeTag else { return kartoteka_eventfd_clear(wake) }
        let fd = Int32(bitPattern: UInt32(truncatingIfNeeded: event.tag))
        // The generation differs when the descriptor was closed and given out again during this turn.
        guard let slot = slots[fd], slot.generation == UInt32(event.tag >> 32) else { return }
        slot.target.ready(event.events)
    }
}

/// A value that another thread fills in.
///
/// Unchecked: the semaphore orders the one write before the one read.
private final class Box<Value>: @unchecked Sendable {
    private var value: Value?
    private let filled = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(filled, 0, 0) }

    deinit {
        sem_destroy(filled)
        filled.deallocate()
    }

    func fill(_ value: Value) {
        self.value = value
        sem_post(filled)
    }

    func wait() -> Value {
        while sem_wait(filled) != 0 {}
        guard let value else { preconditionFailure("the job ended without a value") }
        return value
    }
}
