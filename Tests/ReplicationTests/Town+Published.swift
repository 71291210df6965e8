import Appeals
import CanonicalJSON
import Cryptography
import Simulator
import Testing

@testable import Replication

/// What the office publishes, held against what its rows say, without the code that published it.
extension Town {
    /// An office on the same disk beside whose transactions others may act.
    func interleavedOffice(_ store: InterleavedStore) -> Office {
        Office(
            node: "office",
            store: store,
            signer: TwinSigner("office"),
            verifier: TwinVerifier(),
            draw: { [unowned self] in draw($0) }
        )
    }

    /// Each way in which an open tenure, its digest or a stream's sum is not that of the appeals' rows.
    func published() throws -> [String] {
        let today = Today.date(now)
        return try officeStore.read { reading in
            var wrongs: [String] = []
            var sums: [String: (count: Int64, sum: SHA256Digest)] = [:]
            var open: Set<String> = []
            for row in try reading.rows(Space.appeals, generation: 0, after: "", limit: .max) {
                let appeal = try row.aggregate()
                for (department, view) in Slice.views(of: appeal, today: today, office: "office") {
                    let stream = Space.slice(department)
                    let digest = SHA256.hash(view.project(appeal, by: [self.office.projection]).bytes)
                    var sum = sums[stream] ?? (0, .zero)
                    sum.count += 1
                    sum.sum.add(digest)
                    sums[stream] = sum
                    open.insert("\(stream) \(row.key)")
                    let tenure = try reading.tenure(stream, key: row.key)
                    if tenure?.isOpen != true { wrongs.append("\(stream) lacks \(row.key)") }
                    if tenure?.view != view.text { wrongs.append("\(stream) has \(row.key) in another view") }
                    if tenure?.digest != digest { wrongs.append("\(stream) has another digest of \(row.key)") }
                }
            }
            for record in try reading.streams() where record.name.hasPrefix("slice:") {
                for tenure in try reading.openTenures(record.name, after: "", limit: .max)
                where !open.contains("\(record.name) \(tenure.key)") {
                    wrongs.append("\(record.name) still has \(tenure.key)")
                }
                let sum = sums[record.name] ?? (0, .zero)
                if record.rows != sum.count || record.digest != sum.sum {
                    wrongs.append("\(record.name) sums otherwise")
                }
            }
            return wrongs.sorted()
        }
    }

    /// The appeal is removed from control today.
    func removes(_ appeal: String) throws {
        try officeStore.write { transaction in
            let admission = try Admission(self.office, transaction, now: self.now)
            var state = try #require(try transaction.row(Space.appeals, generation: 0, key: appeal)).aggregate()
            let commit = admission.nextCommit()
            let names = ["control", "removedOn"].map { ItemName(.registers, $0) }
            for (name, value) in zip(names, ["removed", admission.today.description]) {
                state[name] = Item(value: .string(value), write: "office#00000000:1", commit: commit)
            }
            try admission.store(Row(state), state, changed: names, commit: commit)
            _ = try admission.finish()
        }
    }

    /// A removed appeal comes under control again, in the hands of another department.
    func resumes(_ appeal: String, main: String) throws {
        let decision: JSONObject = ["author": "mayor", "reason": "Не зроблено"]
        let returned = try act("control.returned", appeal, by: "iryna", "specialist", decision)
        #expect(returned.status == .accepted, "\(returned)")
        let resolution = try assigns(appeal, main: main)
        #expect(resolution.status == .accepted, "\(resolution)")
    }
}
