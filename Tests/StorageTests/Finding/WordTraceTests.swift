import Appeals
import Finding
import Glibc
import Replication
import Testing

@testable import Storage

@Suite("A word that left the index")
struct WordTraceTests {
    /// Words that nothing else begins or ends like: an index writes of a word only what it does not share with the former one.
    private static func canary(_ number: Int) -> String {
        let letters = Array("бгджзклмнпрстфхцчш")
        func letter(_ place: Int) -> Character { letters[(number / place + place * 7) % letters.count] }
        return String([1, 18, 324].map(letter)) + "щукен" + String([1, 18, 324].map(letter)) + "яр"
    }

    /// Of so many canaries those whose last letters are in a file of the store.
    private static func traces(_ directory: String, _ count: Int) -> [String] {
        let all = names(in: directory).flatMap { contents(directory + "/" + $0) }
        return (0..<count).map(canary).filter { word in
            all.contains(Array(word.utf8.suffix(14)))
        }
    }

    private static let canaries = 60

    /// A store of so many appeals, every tenth of the first 600 with a canary.
    private static func fill(_ directory: String, _ count: Int) throws -> SQLiteStore {
        let store = try SQLiteStore.open(directory: directory, create: true)
        var stage = FindingStage(seed: 11)
        for first in stride(from: 0, to: count, by: 50) {
            try store.write { transaction in
                for number in first..<(first + 50) {
                    let isCanary = number % 10 == 0 && number < 10 * canaries
                    let text = "вода номер \(number) " + (isCanary ? canary(number / 10) : "звичайне слово")
                    let row = stage.row(FindingStage.key(number), day: "2026-11-0\(1 + number % 9)", text: text)
                    try transaction.putRow(FindingStage.space, generation: 0, row)
                }
            }
        }
        return store
    }

    private static func change(_ store: SQLiteStore, _ stage: inout FindingStage, deletes: Bool) throws {
        try store.write { transaction in
            for number in 0..<canaries {
                let key = FindingStage.key(number * 10)
                if deletes {
                    try transaction.deleteRow(FindingStage.space, generation: 0, key: key)
                } else {
                    let row = stage.row(key, day: "2026-11-0\(1 + number * 10 % 9)", text: "виправлено")
                    try transaction.putRow(FindingStage.space, generation: 0, row)
                }
            }
        }
    }

    @Test("is in no file after the checkpoint, be it by a purge or by an edit", arguments: [true, false])
    func gone(_ deletes: Bool) throws {
        try withDirectory { directory in
            let store = try Self.fill(directory, 1_500)
            #expect(try store.checkpoint())
            #expect(Self.traces(directory, Self.canaries).count == Self.canaries, "the words are there, and are seen")
            var stage = FindingStage(seed: 12)
            try Self.change(store, &stage, deletes: deletes)
            #expect(try store.hasWords && store.hasRemoved == deletes && store.hasChanged)
            #expect(try store.checkpoint())
            #expect(try !store.hasWords && !store.hasRemoved)
            #expect(Self.traces(directory, Self.canaries) == [])
            let query = try #require(SearchQuery(Self.canary(3)))
            #expect(
                try store.read {
                    try $0.find(FindingStage.space, generation: 0, RowSearch(query), after: nil, limit: 5)
                }.rows.isEmpty
            )
            // Written again, the pages must not bring anything back.
            try Self.change(store, &stage, deletes: false)
            #expect(try store.checkpoint())
            #expect(Self.traces(directory, Self.canaries) == [])
            #expect(try store.integrityCheck().isEmpty)
            try store.close()
            #expect(Self.traces(directory, Self.canaries) == [])
        }
    }

    @Test("is in no file though others are written between the steps, and a merge was cut by the end of the process")
    func betweenSteps() throws {
        try withDirectory { directory in
            var store = try Self.fill(directory, 1_500)
            var stage = FindingStage(seed: 13)
            // A merge that begins before the words are deleted does not take them.
            try store.upkeep { writer in
                var index = try WordIndex(writer)
                try index.beginMerge(pages: 1)
            }
            try Self.change(store, &stage, deletes: true)
            for number in 0..<40 {
                try store.upkeep { writer in
                    var index = try WordIndex(writer)
                    if number < 3 { _ = try index.merge(pages: 1) }
                }
                try store.write { transaction in
                    let row = stage.row(FindingStage.key(2_000 + number), day: "2026-11-01", text: "нове \(number)")
                    try transaction.putRow(FindingStage.space, generation: 0, row)
                }
                if number == 20 {
                    try store.close()
                    store = try SQLiteStore.open(directory: directory, create: false)
                }
            }
            // Neither that merge is over, nor has one begun that takes what was deleted.
            #expect(try store.withWriter { try WordIndex($0).state.words } == [.left, .merging])
            #expect(try store.checkpoint())
            #expect(Self.traces(directory, Self.canaries) == [])
            try store.close()
        }
    }

    @Test("leaves by short steps: none merges more pages than it may")
    func steps() throws {
        try withDirectory { directory in
            let store = try Self.fill(directory, 3_000)
            var stage = FindingStage(seed: 14)
            try Self.change(store, &stage, deletes: true)
            var steps = 0
            try store.upkeep { writer in
                var index = try WordIndex(writer)
                try index.beginMerge(pages: 4)
            }
            while try store.upkeep({ writer in
                var index = try WordIndex(writer)
                return try index.merge(pages: 4)
            }) { steps += 1 }
            #expect(steps > 3 && steps < 200)
            #expect(try !store.hasWords)
            try store.close()
        }
    }
}

extension [UInt8] {
    /// Whether these bytes stand somewhere in it; by the C library, since a file has millions of them.
    fileprivate func contains(_ wanted: [UInt8]) -> Bool {
        withUnsafeBytes { bytes in
            guard let begin = bytes.baseAddress, let first = wanted.first, bytes.count >= wanted.count else {
                return false
            }
            var place = begin
            let end = begin + (bytes.count - wanted.count)
            while place <= end, let hit = memchr(place, Int32(first), end - place + 1) {
                if memcmp(hit, wanted, wanted.count) == 0 { return true }
                place = UnsafeRawPointer(hit) + 1
            }
            return false
        }
    }
}
