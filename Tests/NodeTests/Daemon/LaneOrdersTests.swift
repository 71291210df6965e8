import Dispatch
import Locks
import Replication
import Testing

@testable import Commands
@testable import Desk
@testable import Node

@Suite("What a lane is told to do")
struct LaneOrdersTests {
    @Test("a request given while a sleep ends is carried out: the lane would wait for ever for what nobody sent")
    func noneIsLost() {
        let orders = LaneOrders()
        let done = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        DispatchQueue(label: "lane").async {
            var request: WireRequest?
            while orders.next(&request) { if request != nil { done.signal() } }
            ended.signal()
        }
        var given = 0
        var isLost = false
        while given < 100_000, !isLost {
            orders.give(.sleep(until: 0))
            // Now and then the lane is just waking.
            for _ in 0..<given % 797 { _ = Clock.monotonic() }
            orders.give(.send(WireRequest(.pull)))
            given += 1
            isLost = done.wait(timeout: .now() + .seconds(20)) == .timedOut
        }
        orders.stop()
        ended.wait()
        #expect(!isLost, "the request after \(given) sleeps")
    }

    @Test("a request is never replaced by a sleep, and a sleep that is far lets a request pass")
    func order() {
        let orders = LaneOrders()
        var request: WireRequest?
        orders.give(.send(WireRequest("GET", "/first")))
        orders.give(.sleep(until: .max / 4))
        #expect(orders.next(&request) && request?.path == "/first")
        orders.give(.sleep(until: Clock.now() + 3_600_000))
        orders.give(.send(WireRequest("GET", "/second")))
        #expect(orders.next(&request) && request?.path == "/second")
        orders.give(.sleep(until: 0))
        #expect(orders.next(&request) && request == nil)
        orders.stop()
        #expect(!orders.next(&request))
    }
}
