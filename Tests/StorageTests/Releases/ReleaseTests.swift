import CanonicalJSON
import Cryptography
import Foundation
import Replication
import Testing

@testable import Storage

/// What the release before left behind is opened, answered and read.
@Suite("A former release", .serialized)
struct ReleaseTests {
    /// Opens both recorded stores of a release and hands over the town on them.
    private func withTown(
        _ files: ReleaseFiles,
        rules: Rules = Rules(),
        _ body: (ReleaseTown, SQLiteStore, SQLiteStore) throws -> Void
    ) throws {
        try withDirectory { directory in
            let office = try SQLiteStore.open(directory: files.place("office", in: directory), create: false)
            defer { close(office) }
            let roads = try SQLiteStore.open(directory: files.place("roads", in: directory), create: false)
            defer { close(roads) }
            #expect(try office.integrityCheck().isEmpty && roads.integrityCheck().isEmpty)
            let town = try ReleaseTown(office: office, roads: roads, part: "exchange", rules: rules)
            // As a node does when it starts, and in its upkeep.
            try town.office.switchProjection()
            while try !town.office.reproject(now: ReleaseTown.began).isThrough {}
            town.now = try #require(try files.json("before.json")["now"]?.integer)
            try body(town, office, roads)
        }
    }

    private func close(_ store: SQLiteStore) {
        do { try store.close() } catch { Issue.record("a store is still in use: \(error)") }
    }

    private static func facts(_ town: ReleaseTown, _ office: any Store, _ roads: any Store) throws -> JSON {
        [
            "now": .integer(town.now), "office": try StoreFacts.of(office, now: town.now),
            "roads": try StoreFacts.of(roads, department: town.roads, now: town.now),
        ]
    }

    @Test("the newest recorded release is this program's, or the one before")
    func isRecorded() throws {
        if ReleaseFiles.rewrites { try record() }
        let versions = try ReleaseFiles.recorded().map(\.version)
        #expect(
            !versions.isEmpty && Program.version.compare(versions.last ?? "", options: .numeric) != .orderedAscending
        )
    }

    @Test("its stores open and show the same appeals, digests and logs")
    func opens() throws {
        for files in try ReleaseFiles.recorded() {
            try withTown(files) { town, office, roads in
                let before = try files.json("before.json")
                let found = try Self.facts(town, office, roads)
                #expect(Difference.first(before, found) == nil, "\(files.version)")
                #expect(before["roads"]?["shown"]?.object?.members.isEmpty == false)
                // What lists go by is there for rows that the release before has written.
                for (store, space) in [(office, Space.appeals), (roads, Space.slice("roads"))] as [(any Store, String)]
                {
                    let rows = try store.read { reading in
                        let generation = try reading.stream(space)?.generation ?? 0
                        return try reading.rows(space, generation: generation, after: "", limit: StoreLimits.page)
                    }
                    #expect(!rows.isEmpty && rows.contains { !$0.columns.work.isEmpty })
                    for row in rows { #expect(try row.columns == RowColumns(row.aggregate()), "\(files.version)") }
                }
            }
        }
    }

    @Test("a migration that was released is as it was")
    func migrations() throws {
        for files in try ReleaseFiles.recorded() {
            let recorded = try files.json("migrations.json").array?.map(\.string) ?? []
            #expect(!recorded.isEmpty)
            #expect(Array(Self.migrations.prefix(recorded.count)) == recorded, "\(files.version)")
        }
    }

    private static var migrations: [String] { Schema.migrations.map { SHA256.hash(Array($0.utf8)).hex } }

    @Test("a department's recorded requests are answered with the same meaning")
    func answers() throws {
        for files in try ReleaseFiles.recorded() {
            try withTown(files) { town, office, _ in
                let calls = try files.exchange()
                // Every call of an ordinary day.
                for path in ["hello", "push", "pull", "snapshot", "receipts"] {
                    #expect(calls.contains { $0.asked.request.path.hasSuffix("/" + path) }, "\(path)")
                }
                for call in calls {
                    let reply = try town.reply(call.asked)
                    let name = "\(files.version): \(call.asked.request.target)"
                    #expect(reply.status == call.reply.status, "\(name)")
                    let difference = Difference.first(Self.records(call.reply), Self.records(reply))
                    #expect(difference == nil, "\(name)")
                }
                let after = try files.json("after.json")
                #expect(Difference.first(after["office"] ?? .null, try StoreFacts.of(office, now: town.now)) == nil)
            }
        }
    }

    @Test("an office's recorded replies are read, and lead to the same")
    func reads() throws {
        for files in try ReleaseFiles.recorded() {
            // A reply repeats what its request asked under, which this department draws for itself.
            var rules = Rules()
            rules.replyRepeatsAsk = false
            try withTown(files, rules: rules) { town, _, roads in
                var calls = try files.exchange()
                try town.talk { asked in
                    let place = try #require(
                        calls.firstIndex { $0.answers(asked) },
                        "\(files.version) has no reply to \(asked.request.target)"
                    )
                    return calls.remove(at: place).reply
                }
                #expect(calls.isEmpty, "\(calls.map(\.asked.request.target)) were not asked")
                let after = try files.json("after.json")
                let found = try StoreFacts.of(roads, department: town.roads, now: town.now)
                #expect(Difference.first(after["roads"] ?? .null, found) == nil, "\(files.version)")
            }
        }
    }

    @Test("what a release lacks or says otherwise is found, what it says beside is not")
    func planted() {
        let one: JSON = ["a": ["b": [1, 2]], "sig": "x"]
        #expect(Difference.first(one, ["a": ["b": [1, 2]], "c": 3, "sig": "y"]) == nil)
        #expect(Difference.first(one, ["a": ["b": [1, 3]], "sig": "x"]) == "a.b[1]: 2 became 3")
        #expect(Difference.first(one, ["a": [:]]) == "a.b: [1,2] is missing")
        #expect(Difference.first(one, ["a": ["b": [1]]]) == "a.b: 2 elements became 1")
    }

    private static func records(_ response: WireResponse) -> JSON {
        .array(
            response.body.split(separator: 10).map { line in
                do { return try JSON(parsing: Array(line)) } catch { return .string("\(error)") }
            }
        )
    }

    // MARK: recording

    /// Plays the town and writes what it leaves under the present version.
    private func record() throws {
        let files = ReleaseFiles(version: Program.version)
        let migrations = JSON.array(Self.migrations.map { .string($0) })
        try files.write("migrations.json", migrations.canonicalBytes() + [10])
        try withDirectory { directory in
            let office = try SQLiteStore.open(directory: directory + "/office", create: true)
            let roads = try SQLiteStore.open(directory: directory + "/roads", create: true)
            let town = try ReleaseTown(office: office, roads: roads, part: "beginning")
            try town.begin()
            try town.workApart()
            try files.write("before.json", Self.facts(town, office, roads).canonicalBytes() + [10])
            close(office)
            close(roads)
            for node in ["office", "roads"] {
                let file = URL(filePath: directory + "/\(node)/kartoteka.sqlite")
                try files.write(node + ".sqlite", Array(try Data(contentsOf: file)))
            }
        }
        try withTown(files) { town, office, roads in
            var calls: [RecordedCall] = []
            try town.talk { asked in
                let reply = try town.reply(asked)
                calls.append(RecordedCall(asked: asked, reply: reply))
                return reply
            }
            try files.write("exchange.ndjson", calls.flatMap { $0.json.canonicalBytes() + [10] })
            try files.write("after.json", Self.facts(town, office, roads).canonicalBytes() + [10])
        }
    }
}

/// Where a value lacks what another says, or says something else; what it says beside that is no difference.
enum Difference {
    /// Signatures and what they sign are drawn anew.
    private static let passedOver: Set<String> = ["sig", "signature", "chain", "seal"]

    static func first(_ wanted: JSON, _ found: JSON, at path: String = "") -> String? {
        switch (wanted, found) {
        case (.object(let wanted), .object(let found)):
            for member in wanted.members where !passedOver.contains(member.key) {
                let path = path.isEmpty ? member.key : path + "." + member.key
                guard let value = found[member.key] else { return "\(path): \(member.value.canonicalText) is missing" }
                if let difference = first(member.value, value, at: path) { return difference }
            }
            return nil
        case (.array(let wanted), .array(let found)):
            guard wanted.count == found.count else { return "\(path): \(wanted.count) elements became \(found.count)" }
            return zip(wanted, found).enumerated().lazy.compactMap {
                first($0.element.0, $0.element.1, at: "\(path)[\($0.offset)]")
            }.first
        default:
            return wanted == found ? nil : "\(path): \(wanted.canonicalText) became \(found.canonicalText)"
        }
    }
}
