import Appeals
import CanonicalJSON

@testable import Replication
@testable import Simulator

/// Plays the commands of a scenario in a city without chance faults, and tells after each what has changed.
final class Stage {
    /// A command that nobody knows, or an actor, an appeal, a number that is not there.
    struct Unknown: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    /// An expectation that does not hold.
    struct Unmet: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    let city: City
    /// Letter of an appeal → its id.
    var appeals: [String: String] = [:]
    /// Second copies of a department's disk that run beside it, by the name that the scenario gives them.
    var clones: [String: Site] = [:]
    /// What the office's screen showed when it was opened, by appeal.
    var opened: [String: Appeals.Aggregate] = [:]
    /// Lines that the command itself says, besides what changed.
    var said: [String] = []
    private var seen: [Observed.Key: String] = [:]
    private var names = PlainNames()

    init() throws {
        city = try City(seed: 1, departments: 3, faults: Faults.none)
        city.asksAllowList = true
        try city.run(until: city.now + 30_000)
        seen = try Observed.lines(self)
    }

    /// Plays one command; gives what it said and what it changed, in plain words.
    func play(_ command: String) throws -> [String] {
        said = []
        let words = Words(command)
        switch words[0] {
        case "office:": try officeActs(words.after(1))
        case "settle": try settle()
        case "heal":
            for site in everybody { site.isCut = false }
        case "cut": try site(words.required(1)).isCut = true
        case "connect": try site(words.required(1)).isCut = false
        case "revoke": try revoke(words.required(1))
        case "pass": try pass(days: words.number(1))
        case "stream": try tellStream(words.required(1))
        case "expect": try expect(words.after(1))
        case let actor? where actor.hasSuffix(":"): try siteActs(site(String(actor.dropLast())), words.after(1))
        default: throw Unknown("no command begins with “\(words[0] ?? "")”")
        }
        let now = try Observed.lines(self)
        let changed = now.filter { seen[$0.key] != $0.value }.sorted { $0.key < $1.key }.map(\.value)
        let gone = seen.filter { now[$0.key] == nil }.sorted { $0.key < $1.key }.map { "gone: " + $0.value }
        seen = now
        return try (said + changed + gone).map { try names.plain($0, self) }
    }

    /// The departments, and the clones beside them.
    var everybody: [Site] { city.sites + clones.keys.sorted().compactMap { clones[$0] } }

    func site(_ name: String) throws -> Site {
        guard let site = clones[name] ?? city.sites.first(where: { $0.name == name }) else {
            throw Unknown("there is no department \(name)")
        }
        return site
    }

    func appeal(_ letter: String) throws -> String {
        guard let id = appeals[letter] else { throw Unknown("there is no appeal \(letter)") }
        return id
    }

    func atOffice(_ appeal: String) throws -> Appeals.Aggregate? {
        try city.officeStore.read { try $0.row(Space.appeals, generation: 0, key: appeal)?.aggregate() }
    }

    // MARK: time and network

    /// Lets everybody talk until nothing changes any more.
    private func settle() throws {
        var former = try Observed.lines(self)
        for round in 0..<20 {
            try city.run(until: city.now + 12_000)
            let now = try Observed.lines(self)
            if round > 0, now == former { return }
            former = now
        }
        throw Unmet("it does not come to rest")
    }

    private func revoke(_ name: String) throws {
        let name = try site(name).name
        try city.officeStore.write { transaction in
            guard var node = try transaction.node(name) else { throw Unknown("there is no node \(name)") }
            node.state = .revoked
            try transaction.putNode(node)
        }
    }

    /// Days go by with everything switched off; then the office's daily upkeep runs.
    private func pass(days: Int64) throws {
        city.now += days * 86_400_000
        _ = try city.office.upkeep(now: city.now)
    }

    private func tellStream(_ name: String) throws {
        let stream = Space.slice(try site(name).name)
        try city.officeStore.read { reading in
            guard let record = try reading.stream(stream) else { throw Unknown("there is no stream \(stream)") }
            said.append("\(stream): head \(record.head), floor \(record.floor), \(record.rows) rows")
            for entry in try reading.entries(stream, after: 0, limit: .max) {
                let kind = entry.kind == .none ? "compacted" : entry.kind.rawValue
                said.append("  \(entry.sequence) \(kind) \(entry.key) tenure \(entry.tenure)")
            }
        }
        let reader = try site(name).store.read { try $0.stream(stream) }
        said.append(
            "  \(name) has read up to \(reader?.head ?? 0), \(reader?.rows ?? 0) rows, digests "
                + (try city.officeStore.read { try $0.stream(stream)?.digest } == reader?.digest ? "agree" : "differ")
        )
    }

    /// A person acts; what the advice of the node refuses is said.
    func attempt(_ who: String, _ act: () throws -> Void) throws {
        do { try act() } catch let refusal as Refusal {
            said.append("\(who) is advised: \(refusal)")
        }
    }
}

/// The words of a command.
struct Words {
    let words: [String]
    private let from: Int

    init(_ text: String) {
        words = text.split(separator: " ").map(String.init)
        from = 0
    }

    private init(_ words: [String], from: Int) {
        self.words = words
        self.from = from
    }

    subscript(_ place: Int) -> String? { words.indices.contains(from + place) ? words[from + place] : nil }
    func after(_ count: Int) -> Words { Words(words, from: from + count) }
    var count: Int { max(0, words.count - from) }
    var rest: String { words.dropFirst(from).joined(separator: " ") }

    func required(_ place: Int) throws -> String {
        guard let word = self[place] else { throw Stage.Unknown("“\(rest)” is too short") }
        return word
    }

    func number(_ place: Int) throws -> Int64 {
        guard let number = Int64(try required(place)) else { throw Stage.Unknown("“\(rest)” lacks a number") }
        return number
    }

    /// The word after this one, if it stands there: `to roads`.
    func value(_ name: String) -> String? {
        let own = words.dropFirst(from)
        guard let place = own.firstIndex(of: name), own.indices.contains(place + 1) else { return nil }
        return own[place + 1]
    }

    /// All after this word: `because …`.
    func text(_ name: String) -> String? {
        let own = words.dropFirst(from)
        guard let place = own.firstIndex(of: name) else { return nil }
        return own[(place + 1)...].joined(separator: " ")
    }
}
