import Simulator

/// `--without RULE`: runs seeds with a rule switched off and says how many noticed; `all`: every rule, `covered`: those that
/// another covers.
///
/// `--first` stops at the first seed that notices. A rule that nobody missed, and a run that noticed though nothing was missing, is wrong.
func ablate(_ word: String, _ options: Options) -> Bool {
    let (first, count, stops) = (options.first, options.count, options.stopsAtFirst)
    let chosen: [(ablation: Ablation, isMissed: Bool)] =
        ([Ablation.none] + Ablation.covered).map { ($0, false) } + Ablation.all.map { ($0, true) }
    let named = chosen.filter { entry in
        switch word {
        case "all": true
        case "covered": !entry.isMissed
        default: entry.ablation.name == word
        }
    }
    var passed = 0
    for (ablation, isMissed) in named {
        var noticed: [String: Int] = [:]
        var seed = first
        // That nothing is noticed needs no search, only some evidence.
        let last = first + (isMissed || !stops ? count : (count + 4) / 5)
        while seed < last, !(stops && !noticed.isEmpty) {
            var simulation = Simulation(seed: seed, without: ablation)
            if let steps = options.stepsGiven { simulation.steps = steps }
            switch simulation.run().verdict {
            case .agreed: break
            case .wrong(let what), .unsettled(let what):
                noticed[what.split(separator: ":").first.map(String.init) ?? what, default: 0] += 1
            }
            seed += 1
        }
        let sum = noticed.values.reduce(0, +)
        let how = noticed.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let isRight = (sum > 0) == isMissed
        print("\(isRight ? "ok" : "WRONG")  \(ablation.name): noticed by \(sum) of \(seed - first) seeds  \(how)")
        if isRight { passed += 1 }
    }
    print("\(passed) passed, \(named.count - passed) failed")
    return passed == named.count && !named.isEmpty
}
