import Appeals
import CanonicalJSON
import Replication

/// Others who act between two transactions of one call of the office: what the call had read before is then of yesterday.
///
/// In memory only: on a disk one step of a process runs at a time.
extension City {
    /// Runs a call of the office that has several transactions; with luck somebody acts between two of them.
    ///
    /// While days pass only in an upkeep: what people do leads to calls, and acts within these to more and more of them.
    @discardableResult
    func runningLong<Result>(_ call: String, _ body: (Office) throws -> Result) throws -> Result {
        guard weather.passing == 0 || call == "upkeep", faults.interleaving > 0, !isBetween, !officeMedium.canFail,
            seventh.chance(faults.interleaving)
        else {
            return try runningOffice { try body(office) }
        }
        let store = InterleavedStore(kept(officeStore))
        // A page of operations gives way to whoever waits, after each of them.
        store.isWanted = true
        var acts = 0
        store.between = { [unowned self, unowned store] _ in
            guard acts < 3, seventh.chance(store.hasRead ? 0.4 : 0.05) else { return }
            acts += 1
            isBetween = true
            defer { isBetween = false }
            count("between two of " + call)
            note("between two transactions of \(call)")
            try actBetween()
        }
        let long = makeOffice(store)
        long.pace = Pace(longest: 0) { 0 }
        return try runningOffice { try body(long) }
    }

    /// What the people of a city do meanwhile; now and then with an appeal whose grounds are about to end.
    private func actBetween() throws {
        if seventh.chance(0.7), let appeal = try ending() {
            return try surviving { try attempt { try resume(appeal) } }
        }
        for _ in 0...seventh.below(3) { try act() }
    }

    /// An appeal whose departments are to lose it today.
    private func ending() throws -> String? {
        let today = Today.date(officeNow).description
        return seventh.pick(try officeStore.read { try $0.tenures(endedBefore: today, after: nil, limit: 50) })?.key
    }

    /// The appeal is put on control again, in another department's hands.
    private func resume(_ id: String) throws {
        guard let appeal = try officeStore.read({ try $0.row(Space.appeals, generation: 0, key: id)?.aggregate() }),
            let main = seventh.pick(sites)?.name
        else { return }
        let decision: JSONObject = ["author": .string(try leader(of: id)), "reason": "рішення"]
        guard try officeAct("control.returned", id, ("iryna", "specialist"), decision) == .accepted else { return }
        let status = try officeAct(
            "resolution.issued",
            id,
            ("iryna", "specialist"),
            [
                "author": ["user": .string(try leader(of: id)), "role": "leader"],
                "assignments": [["department": .string(main), "role": "main"]],
                "supersedes": .array(openAssignments(appeal).map(JSON.string)), "onControl": true,
            ],
            personal: ["text": "поновити"]
        )
        if status == .accepted { count("resumed while its grounds end") }
    }

    /// A pass of the office over all that it has, while people go on.
    func lookThrough() throws {
        if seventh.chance(0.5) {
            let limit = 1 + seventh.below(20)
            try runningLong("re-hash") { try rehash($0, limit: limit) }
        } else {
            try runningLong("upkeep") { [officeNow] in _ = try $0.upkeep(now: officeNow) }
        }
    }
}
