import Appeals
import CanonicalJSON
import Replication

/// What the administrator does to the directory: people move, keep a role or lose it, leave and come again; and what the
/// rules forbid, as a screen without them would let it through.
extension City {
    func changesDirectory() throws {
        guard let site = seventh.pick(sites) else { return }
        switch seventh.below(8) {
        case 0...2: try moves(site)
        case 3: try leaves(site)
        default: try triesWhatIsForbidden(site)
        }
    }

    /// A clerk goes to another department, with or without the role.
    private func moves(_ site: Site) throws {
        let user = "clerk-" + site.name
        guard let to = seventh.pick(sites)?.name, to != site.name,
            !weather.withoutRole.contains(where: { $0.user == user })
        else { return }
        var body: JSONObject = ["user": .string(user), "department": .string(to)]
        let keeps = seventh.chance(0.3)
        if keeps {
            body["keep"] = [["department": .string(site.name), "role": "clerk"]]
            body["basis"] = "наказ"
        }
        let status = try directs("person.put", body, personal: ["name": .string(user)])
        guard status == .accepted else { return }
        count(keeps ? "moved with the role" : "moved")
        if !keeps { weather.withoutRole.append((site.name, user, "clerk")) }
    }

    private func leaves(_ site: Site) throws {
        let user = "clerk-" + site.name
        guard !weather.withoutRole.contains(where: { $0.user == user }) else { return }
        guard try directs("person.left", ["user": .string(user), "reason": "звільнено"]) == .accepted else { return }
        count("left")
        weather.withoutRole.append((site.name, user, "clerk"))
    }

    private func triesWhatIsForbidden(_ site: Site) throws {
        let clerk = JSON.string("clerk-" + site.name), here = JSON.string(site.name)
        let acts: [(String, JSONObject)] = [
            ("role.revoked", ["user": "boss", "role": "administrator", "department": "office", "reason": "звільнено"]),
            ("person.left", ["user": "boss", "reason": "звільнено"]),
            ("person.put", ["user": "boss", "department": here]),
            ("role.granted", ["user": "nobody", "role": "clerk", "department": here]),
            ("role.granted", ["user": clerk, "role": "leader", "department": here]),
            ("role.granted", ["user": "mayor", "role": "head", "department": "office"]),
            ("role.granted", ["user": "mayor", "role": "clerk", "department": here]),
            ("role.granted", ["user": clerk, "role": "clerk", "department": "nowhere"]),
            ("role.revoked", ["user": "mayor", "role": "head", "department": here, "reason": "звільнено"]),
            ("department.put", ["department": "zoo", "name": "Зоопарк", "code": .string(site.name.uppercased())]),
        ]
        guard let (kind, body) = seventh.pick(acts) else { return }
        let personal: JSONObject? = kind == "person.put" ? ["name": "boss"] : nil
        if try directs(kind, body, personal: personal) == .refused { count("directory refused") }
    }

    /// An act of the administrator, whatever comes of it.
    func directs(_ kind: String, _ body: JSONObject, personal: JSONObject? = nil) throws -> OutcomeStatus {
        let actor = Actor(user: "boss", role: "administrator")
        let draft = Draft(kind: kind, appeal: nil, actor: actor, body: body, personal: personal)
        let outcome = try runningOffice { try office.act(now: officeNow) { _ in draft } }.outcome
        note("office \(kind) \(outcome.status.rawValue) \(outcome.reason?.rawValue ?? "")")
        return outcome.status
    }
}
