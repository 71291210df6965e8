import Dispatch
import Glibc
import Locks
import Testing

@testable import Node

/// Where people prove who they are.
struct PasswordLaneTests {
    @Test("one after another, and whoever finds all places taken is turned away")
    func places() {
        let lane = PasswordLane()
        let gate = DispatchSemaphore(value: 0)
        let order = Locked<[Int]>([])
        for number in 0..<PasswordLane.places {
            #expect(
                lane.take {
                    if number == 0 { gate.wait() }
                    order.withLock { $0.append(number) }
                }
            )
        }
        #expect(!lane.take { order.withLock { $0.append(-1) } })
        gate.signal()
        lane.drain()
        #expect(order.withLock { $0 } == Array(0..<PasswordLane.places))
        #expect(!lane.take {})
    }

    @Test("what computes has the lowest priority, what follows it has not")
    func priority() {
        let lane = PasswordLane()
        let found = Locked<[Int32]>([])
        #expect(
            lane.take {
                lane.slowly { found.withLock { $0.append(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)) } }
                found.withLock { $0.append(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)) }
            }
        )
        lane.drain()
        let priorities = found.withLock { $0 }
        #expect(priorities.first == 19)
        #expect(priorities.last != 19)
    }
}
