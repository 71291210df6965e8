import Simulator

/// `--without RULE`: runs seeds with a rule switched off and says how many noticed; `all`: every rule, `covered`: those that
/// another covers.
///
/// `--first` stops at the first seed that notices. A rule that nobody missed, and a run that noticed though nothing was missing, is wrong.
func ablate(_ options: Options) -> Bool {
    var passed = 0
    for ablation in options.ablations {
        var options = options
        options.ablation = ablation
        var noticed: [String: Int] = [:]
        var seed = options.first
        // That nothing is noticed needs no search, only some evidence.
        let last = seed + (ablation.isMissed || !options.stopsAtFirst ? options.count : (options.count + 4) / 5)
        while seed < last, !(options.stopsAtFirst && !noticed.isEmpty) {
            let story = Child.run(options, first: seed, count: last - seed)
            guard let failure = story.failure else { break }
            noticed[failure.what.split(separator: ":").first.map(String.init) ?? failure.what, default: 0] += 1
            seed = story.seed + 1
        }
        let looked = options.stopsAtFirst && !noticed.isEmpty ? seed - options.first : last - options.first
        let sum = noticed.values.reduce(0, +)
        let how = noticed.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let isRight = (sum > 0) == ablation.isMissed
        print("\(isRight ? "ok" : "WRONG")  \(ablation.name): noticed by \(sum) of \(looked) seeds  \(how)")
        if isRight { passed += 1 }
    }
    print("\(passed) passed, \(options.ablations.count - passed) failed")
    return passed == options.ablations.count
}
