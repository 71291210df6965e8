import Simulator
import Testing

@Suite("A simulated city on disks")
struct DiskCityTests {
    private func simulation(_ seed: UInt64, steps: Int) -> Simulation {
        var simulation = Simulation(known: seed)
        simulation.profile = .disk
        simulation.steps = steps
        return simulation
    }

    @Test(
        "agrees though disks lose power in the middle of a step, fail and fill up",
        arguments: 0..<12 as Range<UInt64>
    )
    func agrees(seed: UInt64) {
        let report = simulation(2_000 + seed, steps: 50).run()
        #expect(
            report.verdict == .agreed,
            "again: simulate \(2_000 + seed) --steps 50 --departments 3 --draw first --profile disk --trace"
        )
    }

    @Test("meets every fault of a disk, and agrees all the same")
    func faults() {
        var faults = Faults.none
        faults.delay = 60
        faults.departmentCrash = 0.1
        faults.officeCrash = 0.2
        faults.diskError = 0.3
        faults.diskFull = 0.1
        var met: Set<String> = []
        for seed in 0..<3 as Range<UInt64> {
            var simulation = simulation(seed, steps: 60)
            simulation.faults = faults
            let report = simulation.run()
            #expect(report.verdict == .agreed)
            met.formUnion(report.counts.filter { $0.value > 0 }.keys)
        }
        for name in [
            "stopped by power", "stopped by process", "stopped by room", "disk torn", "disk lost", "disk fault power",
            "disk fault full", "disk fault read", "disk fault write", "disk fault sync",
        ] { #expect(met.contains(name), "\(name) never came") }
    }

    @Test("repeats itself: the same seed gives the same trace")
    func repeats() {
        for seed in [2_001] as [UInt64] {
            var simulation = simulation(seed, steps: 60)
            simulation.keepsTrace = true
            let first = simulation.run()
            let second = simulation.run()
            #expect(!first.trace.isEmpty)
            #expect(first.trace == second.trace)
            #expect(first.counts == second.counts)
        }
    }
}
