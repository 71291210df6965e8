import Appeals
import CanonicalJSON
import Replication

/// Programs of the office that show other parts of an appeal than the one before: a `privacy` of the policy changes.
extension City {
    /// What the program that runs and the one in force both allow is shown.
    var projections: [Projection] {
        weather.program == weather.inForce ? [weather.program] : [weather.program, weather.inForce]
    }

    /// What programs hide beyond `Policy`; none of it is written by a department.
    private static let hidden: [[String: Privacy]] = [
        [:], ["applicant.name": .sensitive], ["applicant.name": .sensitive, "text": .sensitive], ["text": .identity],
    ]

    /// The office ends and begins again as another program: a newer one, or for a while the first one.
    func changeProgram() throws {
        let isOlder =
            weather.program == weather.inForce && weather.program != .own
            && seventh.chance(faults.olderProgram)
        if isOlder {
            weather.program = .own
        } else {
            weather.program = Projection(
                version: max(weather.program.version, weather.inForce.version) + 1,
                registers: Policy.registers,
                facts: Policy.facts,
                setting: seventh.pick(Self.hidden) ?? [:]
            )
        }
        count(isOlder ? "older program of the office" : "another projection")
        note("the office begins as a program of the projection \(weather.program.version)")
        rebuildOffice()
        try beginProgram()
    }

    /// As the node does at every start: its projection comes into force, if it is newer than the one in the store.
    func beginProgram() throws {
        guard weather.program.version > Projection.version else { return try goOnProjecting() }
        do { try runningOffice { try office.switchProjection() } } catch is Medium.Stop {
            return after(1_000) { try $0.beginProgram() }
        }
        if weather.program.version > weather.inForce.version { weather.inForce = weather.program }
        try goOnProjecting()
    }

    /// Rows of a former projection go out anew, a chunk at a time, while everything else goes on.
    private func goOnProjecting() throws {
        guard !weather.isProjecting, try officeStore.read({ try $0.value(Self.cursor) }) != nil else { return }
        weather.isProjecting = true
        after(Int64(seventh.below(1_500))) { city in
            city.weather.isProjecting = false
            do {
                try city.runningLong("projecting again") { [officeNow = city.officeNow] in
                    _ = try $0.reproject(now: officeNow)
                }
            } catch is Medium.Stop {}
            try city.goOnProjecting()
        }
    }

    private static let cursor = "projecting"

    /// The newest program runs, and all rows are those that it shows.
    func finishProjecting() throws {
        guard weather.inForce.version > Projection.version || weather.program != weather.inForce else { return }
        if weather.program.version < weather.inForce.version {
            weather.program = weather.inForce
            rebuildOffice()
        }
        try office.switchProjection()
        weather.inForce = weather.program
        while try !office.reproject(now: officeNow).isThrough {}
        count("projected again")
    }

    /// The projection of a store that was put back.
    func projectionStored() throws -> Projection {
        guard let text = try officeStore.read({ try $0.value(Values.projection) }),
            let stored = Projection(try JSON(parsing: Array(text.utf8)))
        else { throw Violation(invariant: "whole store", seen: "the office's store has no projection") }
        return stored
    }
}
