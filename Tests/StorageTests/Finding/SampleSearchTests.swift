import Appeals
import CanonicalJSON
import Finding
import Replication
import Storage
import Testing

@Suite("933 queries asked of a store")
struct SampleSearchTests {
    /// The invented texts as appeals, and the queries.
    private static func samples() throws -> (appeals: [Appeals.Aggregate], queries: [String]) {
        let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = contents("/" + path + "/FindingTests/Samples/search-uk.json")
        let limits = JSONLimits(stringBytes: 1 << 16, integersOnly: true, totalBytes: 1 << 20)
        let json = try JSON(parsing: bytes, limits: limits)
        let appeals = (json["documents"]?.array ?? []).enumerated().map { number, document in
            var appeal = Appeals.Aggregate(id: FindingStage.key(number))
            func set(_ name: String, _ field: String) {
                guard let value = document[field], value.string?.isEmpty == false else { return }
                appeal[.registers, name] = Item(value: value, write: "zhkg#5b1e90c2:1", commit: 1)
            }
            set("applicant.name", "name")
            set("applicant.address", "address")
            set("contact.phone@1", "phone")
            set("text", "text")
            return appeal
        }
        return (appeals, (json["queries"]?.array ?? []).compactMap { $0["query"]?.string })
    }

    @Test("find on the disk what a look at every text finds, and nothing else")
    func queries() throws {
        let (appeals, queries) = try Self.samples()
        #expect(appeals.count == 330 && queries.count == 933)
        let texts = appeals.map { (id: $0.id, text: SearchedText($0)) }.map { ($0.id, $0.text, $0.text.terms) }
        try withDirectory { directory in
            let store = try SQLiteStore.open(directory: directory, create: true)
            try store.write { for appeal in appeals { try $0.putRow("s", generation: 0, Row(appeal)) } }
            var hits = 0
            for typed in queries {
                let query = try #require(SearchQuery(typed))
                let wanted = texts.filter { query.fits($0.2) && (!query.needsConfirming || query.confirms($0.1)) }.map(
                    \.0
                )
                let found = try store.read { try $0.find("s", generation: 0, RowSearch(query), after: nil, limit: 500) }
                #expect(found.next == nil)
                #expect(Set(found.rows.map(\.key)) == Set(wanted), "\(typed)")
                hits += wanted.count
            }
            #expect(hits > 3_000)
            try store.close()
        }
    }
}
