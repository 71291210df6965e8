import CanonicalJSON
import Testing

@testable import Appeals

/// A state of an appeal that all replicas have before each goes its own way.
struct CommonState: Sendable, CustomTestStringConvertible {
    let name: String
    /// The node that registered the appeal and decides about it: the office, or a department (R2).
    let home: String
    private let steps: @Sendable (Scene) throws -> Void

    var testDescription: String { "\(name), registered at \(home)" }

    /// How far the main executor roads and the co-executor water have come.
    static let all: [CommonState] = ["office", "parks"].flatMap { home -> [CommonState] in
        func state(_ name: String, _ steps: @escaping @Sendable (Scene) throws -> Void) -> CommonState {
            CommonState(name: name, home: home, steps: steps)
        }
        return [
            state("assigned") { _ in },
            state("accepted") { try $0.both("assignment.accepted") },
            state("drafted") { try $0.answers(upTo: 1) },
            state("approved") { try $0.answers(upTo: 2) },
            state("submitted") { try $0.answers(upTo: 3) },
            state("dispatched") {
                try $0.answers(upTo: 3)
                try $0.both("answer.dispatched")
            },
            state("extended") {
                try $0.answers(upTo: 2)
                try $0.extendsAtHome(home)
            },
            state("received earlier") {
                try $0.answers(upTo: 2)
                try $0.receivedEarlier(home)
            },
            state("answers accepted") {
                try $0.answers(upTo: 3)
                try $0.does("answer.dispatched", "roads")
                for department in ["roads", "water"] { try $0.reviews("answer.accepted", department) }
            },
            state("removed") {
                try $0.answers(upTo: 3)
                try $0.does("answer.dispatched", "roads")
                for department in ["roads", "water"] { try $0.reviews("answer.accepted", department) }
                try $0.decides("control.removed", home, "basis")
            },
            state("without control") { $0.state?[.registers, "control"] = nil },
            state("nobody at work") { scene in
                for entity in scene.appeal.entities(with: "department") {
                    try scene.decides("assignment.recalled", home, "reason", ["assignment": .string(entity)])
                }
            },
            state("held") {
                try $0.answers(upTo: 2)
                $0.world.roles["roads/clerk/clerk"] = .expired
                try $0.does("document.recorded", "roads", "clerk") {
                    $0["document"] = "act"
                    $0["number"] = "1"
                    $0["date"] = "2026-02-08"
                }
                $0.world.roles["roads/clerk/clerk"] = .current
            },
            state("disputed") {
                try $0.answers(upTo: 2)
                try $0.isDisputed(home)
            },
        ]
    }

    func scene() throws -> Scene {
        let scene = Scene()
        for department in ["light", "homes"] {
            scene.world.departments.insert(department)
            scene.world.roles["\(department)/head/head"] = .current
        }
        if home == "office" {
            try scene.registers()
            try scene.assigns(main: "roads", co: "water")
        } else {
            try scene.registers(by: "\(home)/clerk/clerk") { $0["index"] = .string(home.uppercased() + "-Ж-1") }
            try scene.deliver(scene.resolutionOfHome(home, main: "roads", co: "water"))
        }
        try steps(scene)
        scene.state = try Appeals.Aggregate(parsing: scene.appeal.bytes)
        return scene
    }
}

extension Scene {
    fileprivate func both(_ kind: String) throws {
        for department in ["roads", "water"] { try does(kind, department) }
    }

    /// Both executors' answers: drafted, approved, submitted; with different results.
    fileprivate func answers(upTo last: Int) throws {
        try both("assignment.accepted")
        for department in ["roads", "water"] {
            try does("answer.drafted", department) {
                $0["result"] = .string(department == "roads" ? "satisfied" : "refused")
            }
            try does("feedback.recorded", department)
            for kind in ["answer.approved", "answer.submitted"].prefix(last - 1) { try does(kind, department) }
        }
    }

    fileprivate func resolutionOfHome(
        _ home: String,
        main: String,
        co: String? = nil,
        supersedes: [String] = []
    ) -> SignedOperation {
        var assignments: [JSON] = [["department": .string(main), "role": "main"]]
        if let co { assignments.append(["department": .string(co), "role": "co"]) }
        var body: JSONObject = [
            "author": ["user": "head", "role": "head"], "assignments": .array(assignments),
            "supersedes": .array(supersedes.map(JSON.string)),
        ]
        if register("control") == nil { body["onControl"] = true }
        return compose("resolution.issued", by: "\(home)/head/head", body, personal: ["text": "Виконати"])
    }

    /// A decision of whoever leads there, with its reason.
    fileprivate func decides(_ kind: String, _ home: String, _ reason: String, _ more: JSONObject = [:]) throws {
        var body = more
        body[reason] = "Рішення"
        if more.members.isEmpty { body["author"] = .string(home == "office" ? "mayor" : "head") }
        try act(kind, by: home == "office" ? "office/iryna/specialist" : "\(home)/head/head", body)
    }

    fileprivate func extendsAtHome(_ home: String) throws {
        let by = home == "office" ? "office/iryna/specialist" : "\(home)/head/head"
        try act(
            "term.extended",
            by: by,
            [
                "statutory": "2026-03-06", "control": "2026-03-06", "decidedOn": "2026-02-10", "reason": "Обсяг робіт",
                "decidedBy": home == "office" ? "mayor" : "head", "calendar": "2026-1",
            ]
        )
    }

    fileprivate func receivedEarlier(_ home: String) throws {
        try act(
            "receipt.corrected",
            by: home == "office" ? "office/olena/registrar" : "\(home)/head/head",
            [
                "receivedAt": "2026-02-02T16:00:00+02:00", "registeredOn": "2026-02-02", "reason": "Штамп на конверті",
                "due": ["statutory": "2026-03-04", "control": "2026-03-04", "basis": "month", "calendar": "2026-1"],
            ]
        )
    }

    /// Reassigned to light while roads, offline, submitted, dispatched and proposed: C2 and C3 at once, C12 beside.
    fileprivate func isDisputed(_ home: String) throws {
        let seen = state
        let former = assignment(of: "roads")
        let proposal = corrects("applicant.name", "Іваненко", by: "roads/clerk/clerk", on: seen)
        let submitted = about("answer.submitted", "roads", on: seen)
        try deliver(proposal)
        let resolution =
            home == "office"
            ? resolution(main: "light", supersedes: [former])
            : resolutionOfHome(home, main: "light", supersedes: [former])
        try deliver(resolution)
        try deliver(submitted)
    }
}
