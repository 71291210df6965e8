import Appeals
import CanonicalJSON
import Cryptography
import Replication
import Testing

/// What the code says today, told once for all tests; with REWRITE_VECTORS=1 written to `Vectors/` and `protocol.md`.
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
            #expect(VectorFiles.text(vector.file) == vector.text, "Vectors/\(vector.file) differs")
        }
    }

    @Test("no file of Vectors is left that nothing makes")
    func leftovers() throws {
        let made = Set(told.vectors.map(\.file) + [SignatureBook.file])
        for file in try VectorFiles.names() where !file.hasSuffix(".pem") {
            #expect(made.contains(file), "Vectors/\(file) is of no vector: delete it")
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

    @Test("every exchange of the conversation is in the document")
    func exchanges() {
        for vector in told.vectors where vector.language == "http" {
            #expect(told.document.text.contains("<!-- vector:\(vector.name) -->"), "\(vector.name) is not shown")
        }
    }

    @Test("every record of every json and http block is strict, canonical JSON")
    func strict() throws {
        var count = 0
        for block in told.document.blocks where block.language == "json" || block.language == "http" {
            for record in ProtocolDocument.records(of: block) {
                count += 1
                #expect(throws: Never.self, "line \(block.line)") {
                    try JSON(canonical: Array(record.utf8), limits: Limits.aggregate)
                }
            }
        }
        #expect(count > 100)
    }

    @Test("every signature in the document is verified with a key that the document gives")
    func signatures() throws {
        let keys = try Checked.keys(of: told.document)
        var checked = Checked(keys: keys)
        for block in told.document.blocks where block.language == "json" || block.language == "http" {
            for record in ProtocolDocument.records(of: block) where block.name?.contains("unreadable.request") != true {
                try checked.check(try JSON(parsing: Array(record.utf8), limits: Limits.aggregate), at: block.line)
            }
        }
        #expect(checked.replies > 30)
        #expect(checked.operations > 20)
        #expect(checked.receipts > 0)
    }

    @Test("the hash of every reply's lines, and every mark along a stream, can be computed from the document")
    func hashes() throws {
        for block in told.document.blocks where block.name?.hasSuffix(".reply") == true {
            let records = ProtocolDocument.records(of: block)
            guard let last = records.last, let reply = SignedReply(Array(last.utf8)) else { continue }
            let lines = records.dropLast().map { Array($0.utf8)[...] }
            #expect(reply.reply["lines"]?.string == Lines.digest(lines).hex, "line \(block.line)")
        }
    }

    @Test("the certificates follow the profile and belong to the keys")
    func certificates() throws {
        let authority = try Certificate(pem: VectorFiles.given("authority.crt.pem"))
        let keys = try Checked.keys(of: told.document)
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
