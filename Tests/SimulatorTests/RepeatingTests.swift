import Testing

@testable import Simulator

@Suite("Transactions that run twice")
struct RepeatingTests {
    /// Every transaction of the product runs twice, the first time for nothing: to the byte the same city.
    @Test("change nothing of a city", arguments: [UInt64(2), 7, 11, 23, 40, 58])
    func same(_ seed: UInt64) {
        func run(twice: Bool) -> Simulation.Report {
            var simulation = Simulation(seed: seed)
            simulation.steps = 150
            simulation.keepsTrace = true
            simulation.takesFingerprint = true
            simulation.repeatsBodies = twice
            return simulation.run()
        }
        let (once, twice) = (run(twice: false), run(twice: true))
        #expect(once.verdict == .agreed)
        #expect(I17SameTrace.difference(once, twice) == nil)
    }
}
