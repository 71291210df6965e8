import Appeals
import CanonicalJSON
import Replication
import Simulator
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// Of a running node's commands those that only read run beside all others (`UseCase.Lane.reading`): they may not write,
/// whatever they are given.
@Suite("The lane of every command")
struct CommandLaneTests {
    /// A store that can only be read, and counts who tried to write.
    private final class ReadOnlyStore: Store {
        private let store: MemoryStore
        private(set) var writes = 0

        init(_ store: MemoryStore) { self.store = store }

        func write<Result>(
            _ kind: WriteKind,
            _ body: (any StoreTransaction) throws -> Result
        ) throws -> Result {
            writes += 1
            throw StoreError(.readOnly, doing: "writing", found: "a store that is only read")
        }

        func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try store.read(body) }
    }

    /// A running node that counts what it is asked to change.
    private final class Running: RunningNode {
        private(set) var changes = 0

        func status(_ language: Language) -> JSON { ["node": "office", "obstacle": ""] }
        func backup(file: String?, withKeys: Bool, _ progress: any Onlooker) -> JSON {
            changes += 1
            return [:]
        }
        func invite(department: String, name: String?, administrator: String, minutes: Int64?) -> Invited {
            changes += 1
            return Invited(token: "token", expires: 0)
        }
        func renewalApproved() { changes += 1 }
        func admissionChanged(_ change: AdmissionChange) { changes += 1 }
        func hurry(_ language: Language) -> String {
            changes += 1
            return ""
        }
    }

    /// What acts without saying who: why nobody has to.
    private static let actsForNobody = [
        "account reset": "access is the node's own and never replicated: a line of its audit list",
        "doctor": "it goes over all rows, and mends those that differ from their digests",
        "sync now": "it wakes the links of a department and signs nothing",
        "tray dismiss": "the tray is the operator's own list: no operation comes of it",
    ]

    private static func isSigned(_ command: Command) -> Bool {
        command.options.contains { $0.name == "as" && $0.isRequired }
    }

    /// What a command tried to change at a node of the stage, given each of its options in turn.
    private func changes(_ command: Command, _ stage: CanaryStage, _ reader: CanaryStage.Reader?) throws -> Int {
        let store = ReadOnlyStore(reader.map { stage.town[$0.rawValue].store } ?? stage.town.officeStore)
        let running = Running()
        let now = stage.town.now
        let context: CommandContext
        if let reader {
            let department = stage.town.make(reader.rawValue, over: store)
            context = CommandContext(department: department, store: store, now: { now }, running: running)
        } else {
            let office = Office(
                node: "office",
                store: store,
                signer: TwinSigner("office"),
                verifier: TwinVerifier(),
                draw: { String(repeating: "a", count: 2 * $0) }
            )
            context = CommandContext(
                office: office,
                store: store,
                now: { now },
                admissions: Admissions(),
                running: running
            )
        }
        let listed = try #require(Commands.named("conflict list")).run(context, JSONObject())
        let cases = (listed.json["cases"]?.array ?? []).compactMap { $0["id"]?.string }
        let values = PlausibleArguments(appeal: stage.appeal, cases: cases, actor: reader == nil ? "boss" : "head")
        for arguments in values.calls(command) { _ = command.run(context, arguments) }
        return store.writes + running.changes
    }

    @Test("a command that reads never writes, at the office and at departments, whatever it is given")
    func reading() throws {
        let stage = try CanaryStage()
        for reader in CanaryStage.Reader.allCases { _ = try stage.town.sync(reader.rawValue) }
        let commands = Commands.all.filter { $0.lane == .reading && $0.place != .withoutNode }
        #expect(commands.count > 15)
        for reader in [nil, .roads, .green] as [CanaryStage.Reader?] {
            for command in commands {
                let tried = try changes(command, stage, reader)
                #expect(tried == 0, "\(command.name) at \(reader?.rawValue ?? "office")")
            }
        }
    }

    @Test("one that writes and would run beside the others is found")
    func planted() throws {
        let stage = try CanaryStage()
        let writing = Command(UseCase("plant", uk: "Пише", en: "Writes", writes: .reads)) { call in
            // NB: a body that swallows the refusal writes no less.
            _ = Result { try call.context.store.write { try $0.setValue("plant", "x") } }
            return CommandResult([:], text: "гаразд")
        }
        #expect(writing.lane == .reading)
        #expect(try changes(writing, stage, nil) == 1)
        // What acts has a lane where it may: with the same arguments it gets as far as the store.
        for name in ["appeal note", "person add", "role grant", "sync now"] {
            let command = try #require(Commands.named(name))
            #expect(try changes(command, stage, name == "sync now" ? .roads : nil) > 0, "\(name)")
            #expect(command.lane == .acting, "\(name)")
        }
    }

    @Test("who says who acts, acts; any other command that does has its reason here")
    func acting() {
        let acting = Commands.all.filter { $0.lane != .reading && $0.place != .withoutNode }
        #expect(Set(acting.filter { !Self.isSigned($0) }.map(\.name)) == Set(Self.actsForNobody.keys))
        for command in Commands.all where Self.isSigned(command) {
            #expect(command.lane != .reading, "\(command.name)")
        }
        #expect(Commands.all.filter { $0.lane == .long }.map(\.name) == ["street import", "doctor", "import"])
    }
}
