import Appeals
import CanonicalJSON
import Replication

/// An appeal from its registration to the end of its departments' grounds, thirty days after it was removed from control.
extension City {
    /// One appeal is answered, removed from control, and left alone until its grounds end.
    ///
    /// Weather may stop it anywhere.
    func wholeLife() throws {
        // No time passes between two transactions of one call.
        guard !isBetween, let site = seventh.pick(sites), let id = try register(),
            try assign(id, [(site.name, "main")]) == .accepted
        else { return }
        try pass(20_000) {}
        guard let (_, assignment) = try shown(at: site, in: Self.inHand, of: id) else { return }
        try attempt {
            let version = try approve(site, id, assignment)
            try dispatch(site, id, assignment, version, date: Today.date(now).description)
            try submit(site, id, assignment, version)
        }
        try pass(20_000) {}
        try close(id, assignment)
        guard try officeRow(id)?.register("control")?.string == "removed" else { return }
        count("removed from control")
        note("31 days pass")
        try pass(31 * 86_400_000) {}
        // Grounds whose day has come end in an upkeep; in one like this somebody may take the appeal up again.
        try surviving { try runningLong("upkeep") { [officeNow] in _ = try $0.upkeep(now: officeNow) } }
    }

    /// The office takes the answer and removes the appeal from control, as far as the guards allow.
    private func close(_ id: String, _ assignment: String) throws {
        guard let version = try officeRow(id)?.register("answer@" + assignment)?.string else { return }
        let answer: JSONObject = ["assignment": .string(assignment), "version": .string(version)]
        guard try officeAct("answer.accepted", id, ("olena", "registrar"), answer) == .accepted else { return }
        try officeAct(
            "control.removed",
            id,
            ("iryna", "specialist"),
            ["author": .string(try leader(of: id)), "basis": "виконано"]
        )
    }
}
