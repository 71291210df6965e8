import Appeals
import CanonicalJSON
import Glibc
import Locks
import Node
import Replication
import Storage

/// Words that must leave every file of a store: put into appeals of a planted office, and taken out again by a purge, an edit and
/// an erasure.
enum Canaries {
    private static let count = 500
    /// In all of them, and in nothing that anybody writes.
    private static let common = "щукен"

    /// Letters before and behind the common ones: an index writes of a word only what it does not share with the one before.
    private static func word(_ number: Int) -> String {
        let letters = Array("бгджзклмнпрстфхцчш")
        func letter(_ place: Int) -> Character { letters[(number / place + place * 7) % letters.count] }
        let own = String([1, 18, 324].map(letter))
        return own + common + own + "яр"
    }

    /// Gives how long the steps took by which words left the index, the longest first of all; throws if a word is left.
    static func leave(_ directory: String, _ plan: Plan) throws -> JSON {
        let node = try OpenedNode.open(directory)
        guard let store = node.store as? SQLiteStore, let office = node.office else { throw Failure("no office") }
        let erased = try come(store, OfficeActs(office), plan)
        while try !store.checkpoint() {}
        let before = try traces(directory)
        guard before >= count else { throw Failure("of \(count) words only \(before) are in the files") }
        try go(store, OfficeActs(office), plan, erased)
        let watch = Stopwatch()
        var last = Machine.nanoseconds()
        let begun = last
        try store.clearWords {
            let now = Machine.nanoseconds()
            watch.add(Double(now - last) / 1_000_000)
            last = Machine.nanoseconds()
        }
        let merged = Machine.milliseconds(since: begun)
        while try !store.checkpoint() {}
        let wiped = Machine.milliseconds(since: begun)
        try node.store.close()
        let after = try traces(directory)
        guard after == 0 else { throw Failure("\(after) words are left in the files of \(directory)") }
        var told = watch.conditions
        told["steps"] = told["count"]
        told["count"] = nil
        told["p99"] = .double(Figure.rounded(watch.percentile(0.99)))
        told["mergedMilliseconds"] = .double(Figure.rounded(merged))
        told["wipedMilliseconds"] = .double(Figure.rounded(wiped))
        told["wordsBefore"] = .integer(Int64(before))
        told["wordsAfter"] = .integer(Int64(after))
        return .object(told)
    }

    /// The n-th appeal that gets a word, of `count` that are spread over the plan.
    private static func id(_ number: Int, _ plan: Plan) -> String { plan.id(number * (plan.appeals / count)) }

    /// Two thirds of the words go into rows that are there, the others into appeals that people register; gives those.
    private static func come(_ store: SQLiteStore, _ hand: OfficeActs, _ plan: Plan) throws -> [String] {
        var erased: [String] = []
        for number in 0..<count {
            guard number % 3 == 2 else {
                try edit(store, id(number, plan)) { $0 + " " + word(number) }
                continue
            }
            let id = Seed.appeal(0xFFFF, number)
            var said = Original.said
            said.text = word(number)
            try hand.register(id, "Щ-\(number)", said)
            erased.append(id)
        }
        return erased
    }

    private static func go(_ store: SQLiteStore, _ hand: OfficeActs, _ plan: Plan, _ erased: [String]) throws {
        for number in 0..<count where number % 3 != 2 {
            let key = id(number, plan)
            if number % 3 == 0 {
                try store.write { try $0.deleteRow(Space.appeals, generation: 0, key: key) }
            } else {
                try edit(store, key) { $0.replacing(" " + word(number), with: "") }
            }
        }
        for id in erased { try hand.erase(id) }
    }

    /// Another text in an appeal's row, without an operation that would keep the former one.
    private static func edit(_ store: SQLiteStore, _ key: String, _ change: (String) -> String) throws {
        try store.write { transaction in
            guard let row = try transaction.row(Space.appeals, generation: 0, key: key) else { return }
            var appeal = try row.aggregate()
            let name = ItemName(.registers, "text")
            guard var item = appeal[name], let text = item.value.string else { throw Failure("\(key) has no text") }
            item.value = .string(change(text))
            appeal[name] = item
            try transaction.putRow(Space.appeals, generation: 0, Row(appeal))
        }
    }

    /// How often the common letters stand in the files of a store; read in pieces of a megabyte.
    private static func traces(_ directory: String) throws -> Int {
        try ["", "-wal", "-shm"].map { try traces(in: directory + "/" + KeptStores.database + $0) }.reduce(0, +)
    }

    private static func traces(in path: String) throws -> Int {
        guard let file = fopen(path, "r") else { return 0 }
        defer { fclose(file) }
        let wanted = Array(common.utf8)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var kept = 0, found = 0
        while true {
            let read = buffer.withUnsafeMutableBytes { fread($0.baseAddress! + kept, 1, $0.count - kept, file) }
            guard read > 0 else { return found }
            let end = kept + read
            found += occurrences(of: wanted, in: buffer[..<end])
            kept = min(wanted.count - 1, end)
            buffer.replaceSubrange(..<kept, with: Array(buffer[(end - kept)..<end]))
        }
    }

    /// Looks for the second byte, which is rarer than the first.
    private static func occurrences(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            var found = 0, place = 1
            while place < bytes.count, let hit = memchr(base + place, Int32(wanted[1]), bytes.count - place) {
                place = UnsafeRawPointer(hit) - base + 1
                let rest = bytes[(place - 2)...]
                if rest.count >= wanted.count, rest.starts(with: wanted) { found += 1 }
            }
            return found
        }
    }
}
