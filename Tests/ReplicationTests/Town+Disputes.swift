import CanonicalJSON
import Simulator
import Testing

@testable import Appeals
@testable import Replication

/// What waits for whoever controls an appeal: the office, or the department that registered it.
extension Town {
    /// An appeal that this node registered and controls; `main` executes it.
    func controls(_ node: String, main: String?) throws -> String {
        guard node != "office" else { return try registers(main: main) }
        registered += 1
        let appeal = uuid(20_000 + registered)
        let card = Self.registration("\(node.uppercased())-К-\(registered)")
        try does(node, "appeal.registered", appeal, "clerk", card, personal: Self.applicant)
        if let main { try hands(appeal, at: node, to: main, insteadOf: []) }
        return appeal
    }

    /// The controller makes `main` the executor.
    func hands(_ appeal: String, at node: String, to main: String, insteadOf former: [JSON]) throws {
        guard node != "office" else {
            try assigns(appeal, main: main)
            return
        }
        let author: JSON = ["user": "head", "role": "head"]
        let body: JSONObject = [
            "author": author, "assignments": [["department": .string(main), "role": "main"]],
            "supersedes": .array(former), "onControl": .bool(former.isEmpty),
        ]
        try does(node, "resolution.issued", appeal, "head", body, personal: ["text": "Виконати"])
    }

    /// Controller and executor correct one field of the card without knowing of one another; the name of the conflict (C12).
    func conflicts(_ appeal: String, controller: String, main: String) throws -> String {
        try syncAll()
        let field = "applicant.address"
        func personal(_ address: String) -> JSONObject { ["fields": [field: .string(address)]] }
        try does(main, "appeal.corrected", appeal, personal: personal("вул. Нова, 5"))
        if controller == "office" {
            try act("appeal.corrected", appeal, by: "olena", "registrar", personal: personal("вул. Стара, 7"))
        } else {
            try does(controller, "appeal.corrected", appeal, personal: personal("вул. Стара, 7"))
        }
        try meet(controller, main)
        return try #require(try confirmed(appeal).names(.conflicts).first)
    }

    /// The executor answers while the appeal goes to somebody else; the name of the disagreement (C2).
    func disagrees(_ appeal: String, controller: String, main: String) throws -> String {
        try syncAll()
        let assignment = try #require(try confirmed(appeal).register("mainExecutor"))
        _ = try approves(main, appeal, assignment)
        try hands(appeal, at: controller, to: controller == "office" ? "water" : controller, insteadOf: [assignment])
        try meet(controller, main)
        return try #require(try confirmed(appeal).names(.disagreements).first)
    }

    /// What the controller did comes first.
    private func meet(_ controller: String, _ main: String) throws {
        for name in [controller, main, controller] where name != "office" { try sync(name) }
    }
}
