import Appeals
import CanonicalJSON
import Cryptography
import Replication
import Testing

/// What the code says today, told once for all tests; with REWRITE_VECTORS=1 written to `deploy/protocol/` and
/// `protocol.md`.
private let told: (vectors: [Vector], document: ProtocolDocument) = {
    do {
        let (vectors, signatures) = try Story.told()
        if VectorFiles.rewrites {
            for vector in vectors { try VectorFiles.write(vector.file, vector.text) }
            try VectorFiles.write(SignatureBook.file, signatures.text)
            try VectorFiles.writeDocument(ProtocolDocument.rewritten(try VectorFiles.documentText(), vectors))
        }
        return (vectors, ProtocolDocument(try VectorFiles.documentText()))
    } catch { preconditionFailure("the conversation of protocol.md cannot be told: \(error)") }
}()

@Suite("protocol.md")
struct ProtocolDocumentTests {
    @Test("every vector is what the code makes today (else: REWRITE_VECTORS=1 swift test, and read the diff)")
    func vectors() {
        for vector in told.vectors {
            #expect(VectorFiles.text(vector.file) == vector.text, "deploy/protocol/\(vector.file) differs")
        }
    }

    @Test("no table and no vector is left that nothing makes")
    func leftovers() throws {
        let made = Set(told.vectors.map(\.file) + [SignatureBook.file])
        for file in try VectorFiles.names() where !file.hasSuffix(".pem") {
            #expect(made.contains(file), "deploy/protocol/\(file) is of nothing: delete it")
        }
    }

    @Test("every marked block shows its vector, and every marker has one")
    func blocks() {
        #expect(told.document.text == ProtocolDocument.rewritten(told.document.text, told.vectors))
        let names = Set(told.vectors.map(\.name))
        for line in told.document.text.split(separator: "\n") {
            if let name = ProtocolDocument.marked(line) { #expect(names.contains(name), "no vector \(name)") }
        }
    }

    @Test("every record of every vector is strict, canonical JSON")
    func strict() throws {
        var count = 0
        for vector in told.vectors where vector.language == "json" || vector.language == "http" {
            for record in vector.records {
                count += 1
                #expect(throws: Never.self, "\(vector.file)") {
                    try JSON(canonical: Array(record.utf8), limits: Limits.aggregate)
                }
            }
        }
        #expect(count > 100)
    }

    @Test("every signature in the vectors is verified with a key that they give")
    func signatures() throws {
        var checked = Checked(keys: try Checked.keys(of: told.vectors))
        for vector in told.vectors where vector.language == "json" || vector.language == "http" {
            for record in vector.records where !vector.name.contains("unreadable.request") {
                try checked.check(try JSON(parsing: Array(record.utf8), limits: Limits.aggregate), at: vector.file)
            }
        }
        #expect(checked.replies > 30)
        #expect(checked.operations > 20)
        #expect(checked.receipts > 0)
    }

    @Test("the hash of every reply's lines can be computed from the vectors")
    func hashes() throws {
        var count = 0
        for vector in told.vectors where vector.name.hasSuffix(".reply") {
            guard let last = vector.records.last, let reply = SignedReply(Array(last.utf8)) else { continue }
            count += 1
            let lines = vector.records.dropLast().map { Array($0.utf8)[...] }
            #expect(reply.reply["lines"]?.string == Lines.digest(lines).hex, "\(vector.file)")
        }
        #expect(count > 30)
    }

    @Test("one example of each call stands in the document")
    func examples() {
        let names = told.document.blocks.compactMap(\.name)
        for call in ["enrol", "hello", "push", "pull", "snapshot", "probe", "fetch", "receipts", "operations"] {
            #expect(names.contains { $0.hasPrefix(call) && $0.hasSuffix(".request") }, "no request of \(call)")
            // The reply to an enrolment is two certificates.
            let isShown = names.contains { $0.hasPrefix(call) && $0.hasSuffix(".reply") }
            #expect(isShown || call == "enrol", "no reply of \(call)")
        }
    }

    @Test("the document is short enough to be read")
    func size() { #expect(told.document.text.utf8.count <= 100_000) }

    @Test("the certificates follow the profile and belong to the keys")
    func certificates() throws {
        let authority = try Certificate(pem: VectorFiles.given("authority.crt.pem"))
        let keys = try Checked.keys(of: told.vectors)
        for (node, purpose) in [("office", CertificateProfile.Purpose.server), ("roads", .client)] {
            let certificate = try Certificate(pem: VectorFiles.given(node + ".crt.pem"))
            let peer = try CertificateProfile.check(
                certificate,
                purpose: purpose,
                authorities: [authority],
                now: 1_772_431_200
            )
            #expect(peer.node == node)
            #expect(peer.key == keys[node]?.fingerprint)
        }
        let request = try CertificateRequest(pem: VectorFiles.given("roads.csr.pem"))
        #expect(request.node == "roads" && request.publicKey == keys["roads"])
    }
}
