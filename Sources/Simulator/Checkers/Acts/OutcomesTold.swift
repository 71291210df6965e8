import Appeals
import Replication

/// The outcomes that people have read of their work: an operation has exactly one, whatever becomes of the office (I3).
struct OutcomesTold {
    private var outcomes: [Origin: [Int64: (id: String, status: OutcomeStatus)]] = [:]
    private var rolledBack: Set<String> = []
    private var excused: Set<String> = []

    /// A disk that was put back tells what it told then.
    mutating func rolledBack(_ site: String) {
        rolledBack.insert(site)
        forget(site)
    }

    func wasPutBack(_ site: String) -> Bool { rolledBack.contains(site) }

    /// What a rolled-back node learnt again it cannot prove: the signed pages went with its disk, and a restored office
    /// that lost these operations too judges them anew.
    ///
    /// Nor can it prove, after a second restore, what an office between the two told (Tests/README.md).
    mutating func restored(_ count: Int, sites: [String]) { excused.formUnion(count > 1 ? Set(sites) : rolledBack) }

    private mutating func forget(_ site: String) { outcomes = outcomes.filter { $0.key.node != site } }

    /// Compares what a site's people can read now with what they read before.
    mutating func check(_ site: Site, mayDecide: Bool) throws {
        guard !excused.contains(site.name) else { return }
        let now = try site.store.read { reading in
            try reading.origins(node: site.name).flatMap { origin in
                try reading.operations(origin.origin, after: 0, limit: .max).filter { !$0.isReplaced }
            }
        }
        for record in now {
            guard let status = record.status else { continue }
            let told = outcomes[record.origin, default: [:]].updateValue((record.id, status), forKey: record.number)
            // After a restore another who holds the department's key may give a number again.
            let former = told?.id == record.id ? told?.status ?? status : status
            // Erasure goes before everything.
            // What an office of an older program held, a newer one decides; what was held because the office had lost its
            // ground, it decides once the ground is back.
            guard former != status, status != .erased, former != .held || !mayDecide else { continue }
            let name = "\(record.origin):\(record.number)"
            throw I03ToldOnce.violation("\(name) was told to be \(former.rawValue) and is \(status.rawValue) now")
        }
    }
}
