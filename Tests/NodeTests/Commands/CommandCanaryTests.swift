import Appeals
import CanonicalJSON
import Replication
import Simulator
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// Every text of every kind, looked for in everything that a node's own commands print: the same stage as at the exits of
/// the office's port (`ExitCanaryTests`).
///
/// A command comes in with the table of commands; one that prints a planted word needs its row in `shows`.
@Suite("At every command of a node")
struct CommandCanaryTests {
    /// What the output of a command may hold of the words that were planted.
    enum Rule {
        /// What the policy lets this node see of the appeal.
        case card
        /// The entries of `reference`.
        case reference
        /// The index, which a list of what is owed goes by.
        case index
        /// The index, and at the office the departments that hold the appeal.
        case holders
    }

    static let shows: [String: Rule] = [
        "appeal show": .card, "appeal history": .card, "appeal list": .card, "work": .card,
        "conflict list": .card, "conflict show": .card, "conflict settle": .card,
        "deadline explain": .card, "sync explain": .holders, "sync debts": .index,
        "department list": .reference, "person list": .reference, "person show": .reference, "role list": .reference,
        "street list": .reference, "street show": .reference, "calendar show": .reference,
    ]

    /// A node's context over a copy of its store, so that an act changes nothing for the next command.
    private func context(_ stage: CanaryStage, _ reader: CanaryStage.Reader?) throws -> CommandContext {
        let now = stage.town.now
        guard let reader else {
            let store = stage.town.officeStore.copy()
            let office = Office(
                node: "office",
                store: store,
                signer: TwinSigner("office"),
                verifier: TwinVerifier(),
                draw: { String(repeating: "a", count: 2 * $0) }
            )
            return CommandContext(office: office, store: store, now: { now }, admissions: Admissions())
        }
        let store = stage.town[reader.rawValue].store.copy()
        return CommandContext(department: stage.town.make(reader.rawValue, over: store), store: store, now: { now })
    }

    private func acts(_ command: Command) -> Bool { command.options.contains { $0.name == "as" && $0.isRequired } }

    /// All words that a command printed, as text in both languages and as JSON, and that programs get of it by HTTP.
    private func printed(
        _ command: Command,
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader?,
        _ actor: String,
        _ cases: [String]
    ) throws -> Set<String> {
        // What acts is done once; what reads, with each of its options.
        let given = PlausibleArguments(appeal: stage.appeal, cases: cases, actor: acts(command) ? actor : "clerk")
        var words: Set<String> = []
        for arguments in acts(command) ? [given.required(command)] : given.calls(command) {
            for language in ["uk", "en"] {
                var arguments = arguments
                arguments["lang"] = .string(language)
                let result = command.run(try context(stage, reader), arguments)
                words.formUnion(CanaryStage.words(Array(result.text.utf8)))
                words.formUnion(CanaryStage.words(result.json.canonicalBytes()))
            }
            let exit = WebExit(context: try context(stage, reader), user: actor)
            words.formUnion(CanaryStage.words(exit.bytes(command, arguments)))
        }
        return words
    }

    private func allowed(
        _ command: String,
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader?
    ) throws -> Set<String> {
        func words(_ fits: (CanaryStage.Canary) -> Bool) -> Set<String> {
            Set(stage.canaries.filter { fits($0.value) }.keys)
        }
        let index = words { $0.kind == "appeal.registered" && $0.field == "body.index" }
        // A refusal names the appeal, and the departments among whose assignments one has to be chosen.
        let named = words { !$0.isPersonal && $0.field.hasSuffix(".department") }
            .filter { word in reader.map { stage.maySee(word, $0) } ?? true }
        guard let rule = Self.shows[command] else { return reader == .trade ? [] : index.union(named) }
        // The name of a department, a person, a calendar stands beside their ids.
        let reference = words { Kinds.named($0.kind)?.isReference == true && $0.status == .accepted }
        switch rule {
        case .reference: return reference
        case .index: return reader == .trade ? [] : index
        case .holders:
            guard reader == nil else { return reader == .trade ? [] : index }
            let tenures = try stage.town.officeStore.read { try $0.tenures(key: stage.appeal) }
            return index.union(tenures.filter(\.isOpen).flatMap { CanaryStage.words(Array($0.stream.utf8)) })
        case .card:
            guard let reader else { return Set(stage.canaries.keys) }
            let stub = reader == .green || reader == .police ? index : []
            return words { _ in true }.filter { stage.maySee($0, reader) }.union(stub)
        }
    }

    private func told(_ words: Set<String>, _ stage: CanaryStage) -> String {
        let places = words.compactMap { word in
            stage.canaries[word].map { "\($0.kind) \($0.field) of \($0.author), \($0.status.rawValue)" }
        }
        return Set(places).sorted().joined(separator: "\n  ")
    }

    private func staged() throws -> CanaryStage {
        func read(_ stage: CanaryStage) throws {
            for reader in CanaryStage.Reader.allCases {
                #expect(try stage.town.sync(reader.rawValue) && stage.town.agrees(reader.rawValue), "\(reader)")
            }
        }
        let stage = try CanaryStage(whileHeld: read)
        try read(stage)
        return stage
    }

    /// What commands show a node beyond what it may see, and how many words its card has.
    private func leaks(
        _ commands: [Command],
        _ stage: CanaryStage,
        _ reader: CanaryStage.Reader?
    ) throws -> (found: [String], card: Int) {
        let listed = try #require(Commands.named("conflict list")).run(try context(stage, reader), JSONObject())
        let cases = (listed.json["cases"]?.array ?? []).compactMap { $0["id"]?.string }
        let people = reader == nil ? ["boss", "mayor", "olena", "nobody"] : ["head", "clerk", "nobody"]
        var found: [String] = []
        var card = 0
        for command in commands {
            for actor in acts(command) ? people : ["nobody"] {
                let shown = try printed(command, stage, reader, actor, cases)
                let leaked = shown.subtracting(try allowed(command.name, stage, reader))
                if !leaked.isEmpty {
                    found.append(
                        "\(command.name) shows \(reader?.role ?? "office") as \(actor)\n  \(told(leaked, stage))"
                    )
                }
                if command.name == "appeal show" { card = shown.count }
            }
        }
        return (found, card)
    }

    @Test("stands what the node may see by the policy, and nothing else, whoever asks and whatever is refused")
    func matrix() throws {
        let stage = try staged()
        let commands = Commands.all.filter { $0.place != .withoutNode && !Commands.takesRegister($0) }
        for reader in [nil] + CanaryStage.Reader.allCases.map(Optional.some) {
            let (found, card) = try leaks(commands, stage, reader)
            for leak in found { Issue.record("\(leak)") }
            // Who holds the card sees it, or nothing was looked for.
            let holds = reader.map { stage.holding($0) != nil } ?? true
            #expect((card > 5) == holds, "\(reader?.role ?? "office"): \(card) words")
        }
    }

    /// A command that leaks the first row that the node has, in one way.
    private func leaking(_ name: String, _ leak: @escaping @Sendable (String) throws -> CommandResult) -> Command {
        Command(UseCase(name, uk: "Витік", en: "A leak", writes: .reads)) { call in
            try call.desk.read { reading in
                let spaces = try call.desk.spaces(reading)
                let rows = try reading.rows(spaces.appeals, generation: spaces.appealsGeneration, after: "", limit: 1)
                return try leak(rows.first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")
            }
        }
    }

    @Test("a planted leak of each sort is found: in a text, in JSON alone, in a refusal, and of a whole row in a list")
    func planted() throws {
        let stage = try staged()
        let sorts = [
            leaking("leak text") { CommandResult(["a": 1], text: $0) },
            leaking("leak json") { CommandResult(["row": .string($0)], text: "гаразд") },
            leaking("leak refusal") {
                throw DeskError(.failed, "leak", uk: "не вдалося: \($0)", en: "failed: \($0)")
            },
        ]
        for command in sorts {
            for reader in [nil, .roads, .water] as [CanaryStage.Reader?] {
                #expect(try leaks([command], stage, reader).found.count == 1, "\(command.name)")
            }
        }
        // What a co-executor may see of the card is not all that the office has of it.
        let whole = stage.inForce.subtracting(try allowed("appeal show", stage, .water))
        #expect(whole.count > 5, "\(whole.count)")
    }

    @Test("programs get the words of a card by HTTP where a node holds it, and none where it does not")
    func programs() throws {
        let stage = try staged()
        let show = try #require(Commands.named("appeal show"))
        for reader in [nil] + CanaryStage.Reader.allCases.map(Optional.some) {
            let exit = WebExit(context: try context(stage, reader), user: "nobody")
            let words = CanaryStage.words(exit.bytes(show, ["appeal": .string(stage.appeal)]))
            #expect((words.count > 5) == (reader.map { stage.holding($0) != nil } ?? true), "\(words.count) words")
        }
    }

    @Test("every row is of a command that there is")
    func rows() { #expect(Self.shows.keys.allSatisfy { Commands.named($0) != nil }) }
}
