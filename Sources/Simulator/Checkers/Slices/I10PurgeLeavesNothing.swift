import Appeals
import Replication

/// I10: of an appeal that left a department nothing stays there of what the office sent: no row of any generation, no stub
/// or tray with words, no operation of anybody else, and of own ones only what the receipt says is kept; with
/// `--profile disk` no byte in any file of the disk.
enum I10PurgeLeavesNothing: QuietChecker {
    static let name = "I10 purge leaves nothing"

    static func whenQuiet(_ city: City) throws {
        for site in city.judged {
            let held: Set<String> = try site.store.read { try rows(site, $0) }
            let isAside = try site.store.read { try !$0.tray(kind: .setAside, after: 0, limit: 1).isEmpty }
            // After a restore what the office has lost is set aside, to be offered: it stays until that is over.
            if isAside { continue }
            let foreign = foreignWords(at: site, held: held, city)
            if foreign.isEmpty { continue }
            try site.store.read { reading in try judge(site, reading, foreign) }
            let unsigned = DebtFilter(node: site.name, isSigned: false)
            guard try site.store.read({ try $0.debts(unsigned, after: 0, limit: 1).isEmpty }) else { continue }
            guard try site.medium.purge() else { continue }
            let gone = foreign.subtracting(try forPeople(site))
            for (file, bytes) in site.medium.files {
                if let token = Tokens.found(in: bytes, quoted: true).first(where: gone.contains) {
                    throw violation("\(site.name) still has \(token) in the file \(file)")
                }
            }
        }
    }

    /// The appeals that the department shows; rows of another generation, which nobody sees, must not be there.
    private static func rows(_ site: Site, _ reading: any StoreReading) throws -> Set<String> {
        guard let stream = try reading.stream(Space.slice(site.name)) else { return [] }
        var held: Set<String> = []
        for generation in max(0, stream.generation - 1)...(stream.generation + 1) {
            for row in try reading.rows(stream.name, generation: generation, after: "", limit: .max) {
                guard generation == stream.generation else {
                    throw violation("\(site.name) keeps \(row.key) in the generation \(generation), shown is another")
                }
                held.insert(row.key)
            }
        }
        return held
    }

    /// Words of appeals that the department does not hold, written by others.
    private static func foreignWords(at site: Site, held: Set<String>, _ city: City) -> Set<String> {
        Set(city.ledger.acts.values.filter { $0.site != site.name && !held.contains($0.appeal) }.map(\.token))
    }

    /// Words of what an office lost whose days of recovery are over: it waits for a person, who dismisses it.
    private static func forPeople(_ site: Site) throws -> Set<String> {
        let items = try site.store.read { try $0.tray(kind: .recovery, after: 0, limit: .max) }
        return Set(items.flatMap { Tokens.found(in: $0.bytes) })
    }

    private static func judge(_ site: Site, _ reading: any StoreReading, _ foreign: Set<String>) throws {
        for stub in try reading.stubs(after: "", limit: .max) {
            if let token = Tokens.found(in: stub.bytes).first(where: foreign.contains) {
                throw violation("\(site.name)'s stub of \(stub.appeal) has \(token)")
            }
        }
        try nothingOwn(site, reading)
        for item in try reading.tray(kind: nil, after: 0, limit: .max) where item.kind != .recovery {
            if let token = Tokens.found(in: item.bytes + [10] + Array(item.text.utf8)).first(where: foreign.contains) {
                throw violation("\(site.name)'s tray (\(item.kind)) has \(token) of \(item.subject)")
            }
        }
        for origin in try reading.origins(node: site.name) {
            for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                if let token = Tokens.said(in: record.bytes).first(where: foreign.contains) {
                    throw violation("\(site.name)'s operation \(origin.origin):\(record.number) has \(token)")
                }
            }
        }
    }

    /// Own operations that the receipt says are not kept have no content any more.
    private static func nothingOwn(_ site: Site, _ reading: any StoreReading) throws {
        let left = Set(try reading.stubs(after: "", limit: .max).filter { $0.kept == 0 }.map(\.appeal))
        for origin in try reading.origins(node: site.name) {
            for record in try reading.operations(origin.origin, after: 0, limit: .max) {
                guard let appeal = record.appeal, left.contains(appeal) else { continue }
                if let token = Tokens.said(in: record.bytes).first {
                    throw violation("\(site.name)'s \(origin.origin):\(record.number) still has \(token) of \(appeal)")
                }
            }
        }
    }
}
