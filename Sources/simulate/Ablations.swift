import Simulator

/// `--without RULE`: runs seeds with a rule switched off and says how many noticed; `all`: every rule, `covered`: those that
/// another covers.
///
/// `--first` stops at the first seed that notices. A rule that nobody missed, and a run that noticed though nothing was missing, is wrong;
/// so is a seed that fails under the same faults with the rule in place.
func ablate(_ options: Options) -> Bool {
    var passed = 0
    for ablation in options.ablations {
        var options = options
        options.ablation = ablation
        var noticed: [String: Int] = [:]
        var always: [UInt64] = []
        var seed = options.first
        // That nothing is noticed needs no search, only some evidence.
        let last = seed + (ablation.isMissed || !options.stopsAtFirst ? options.count : (options.count + 4) / 5)
        while seed < last, !(options.stopsAtFirst && !noticed.isEmpty) {
            let story = Child.run(options, first: seed, count: last - seed)
            guard let failure = story.failure else { break }
            if fails(story.seed, with: ablation, options) {
                always.append(story.seed)
            } else {
                noticed[failure.what.split(separator: ":").first.map(String.init) ?? failure.what, default: 0] += 1
            }
            seed = story.seed + 1
        }
        let looked = options.stopsAtFirst && !noticed.isEmpty ? seed - options.first : last - options.first
        let sum = noticed.values.reduce(0, +)
        let how = noticed.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let isRight = (sum > 0) == ablation.isMissed && always.isEmpty
        print("\(isRight ? "ok" : "WRONG")  \(ablation.name): noticed by \(sum) of \(looked) seeds  \(how)")
        for seed in always { print("    with the rule too: simulate \(seed) 1 --without '\(ablation.restored.name)'") }
        if isRight { passed += 1 }
    }
    print("\(passed) passed, \(options.ablations.count - passed) failed")
    return passed == options.ablations.count
}

/// Whether a seed fails though the rule is in place; then it shows nothing of the rule.
private func fails(_ seed: UInt64, with ablation: Ablation, _ options: Options) -> Bool {
    var options = options
    options.ablation = ablation.restored
    return Child.run(options, first: seed, count: 1).failure != nil
}
