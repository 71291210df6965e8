import Appeals
import CanonicalJSON

@testable import Replication
@testable import Simulator

/// What must hold whatever a transcript says.
extension Stage {
    func expect(_ words: Words) throws {
        let first = try words.required(0)
        if first == "agreement" { return try agree() }
        if words[1] == "holds" || words[1] == "lacks" { return try expectHeld(words) }
        if words[1] == "keeps" || words[1] == "forgot" { return try expectBytes(words) }
        if let letter = appeals[first] {
            let rule = try words.required(1), wanted = try words.required(2)
            let state = try atOffice(letter) ?? Appeals.Aggregate(id: letter)
            let rows = state.items(.disagreements) + state.items(.conflicts)
            let found = rows.filter { $0.item.value["rule"]?.string == rule }.compactMap {
                $0.item.value["state"]?.string
            }
            let isMet = wanted == "none" ? found.isEmpty : found.contains(wanted)
            guard isMet else { throw Unmet("\(rule) of \(first) is \(found.isEmpty ? ["none"] : found)") }
            return
        }
        throw Unknown("nobody can expect “\(words.rest)”")
    }

    /// Everybody's copy is what the office would show, every operation has its outcome, one main executor.
    private func agree() throws {
        do { try Checkers.quiet(city) } catch let violation as City.Violation { throw Unmet("\(violation)") }
    }

    private func expectHeld(_ words: Words) throws {
        let site = try site(words.required(0)), id = try appeal(words.required(2))
        let isHeld = try site.store.read { try site.department.confirmed(id, $0) } != nil
        guard isHeld == (words[1] == "holds") else { throw Unmet("\(words[0] ?? "") \(isHeld ? "holds" : "lacks") it") }
    }

    /// `expect roads forgot WORD`: no row, operation, stub or tray item of a disk has these bytes.
    private func expectBytes(_ words: Words) throws {
        let name = try words.required(0)
        let store = name == "office" ? city.officeStore : try site(name).store
        let wanted = words.after(2).rest
        let places = try store.read { reading -> [String] in
            var texts: [(String, [UInt8])] = []
            for stream in try reading.streams() {
                for generation in 0...(stream.generation + 1) {
                    texts += try reading.rows(stream.name, generation: generation, after: "", limit: .max)
                        .map { ("a row of \(stream.name)", $0.bytes) }
                }
            }
            texts += try reading.rows(Space.appeals, generation: 0, after: "", limit: .max).map {
                ("an appeal", $0.bytes)
            }
            for node in city.nodeNames {
                for origin in try reading.origins(node: node) {
                    texts += try reading.operations(origin.origin, after: 0, limit: .max)
                        .map { ("operation \($0.origin):\($0.number)", $0.bytes) }
                }
            }
            texts += try reading.stubs(after: "", limit: .max).map { ("a stub", $0.bytes) }
            texts += try reading.tray(kind: nil, after: 0, limit: .max).map { ("the tray", $0.bytes) }
            return texts.filter { String(decoding: $0.1, as: UTF8.self).contains(wanted) }.map(\.0)
        }
        guard places.isEmpty == (words[1] == "forgot") else { throw Unmet("“\(wanted)” is in \(places)") }
    }

    /// The card as a node shows it.
    func show(_ state: Appeals.Aggregate, at node: String, as letter: String) throws {
        said += Observed.cardLines(letter, state).map { "\(node) shows \($0.text)" }
    }
}
