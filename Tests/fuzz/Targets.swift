import Appeals
import CanonicalJSON
import Commands
import Cryptography
import Desk
import Node
import Replication
import Transport

/// Each target reads bytes from outside as the product does, and stops the program if what must hold does not.
enum Targets {
    /// What was accepted has one text, and that text is accepted as canonical.
    static func json(_ bytes: [UInt8]) {
        guard let value = try? JSON(parsing: bytes) else { return }
        let text = value.canonicalBytes()
        do {
            let again = try JSON(canonical: text)
            precondition(again == value && again.canonicalBytes() == text, "the canonical text reads as the value")
        } catch { preconditionFailure("the canonical text of a value is refused: \(error)") }
    }

    /// The index over the bytes and a tree of the same bytes say the same.
    static func aggregate(_ bytes: [UInt8]) {
        guard let aggregate = try? Aggregate(parsing: bytes) else { return }
        precondition(aggregate.bytes == bytes, "an aggregate stays the text that it was read from")
        guard let json = try? JSON(parsing: bytes, limits: Limits.aggregate), let tree = Aggregate(json) else {
            preconditionFailure("an indexed aggregate is one as a tree")
        }
        precondition(tree.allNames == aggregate.allNames, "index and tree name the same items")
        for name in aggregate.allNames {
            precondition(aggregate[name] == tree[name], "index and tree hold the same items")
        }
        var written = aggregate
        let name = ItemName(.registers, "fuzz")
        written[name] = Item(value: .integer(1), write: "office#00000000:1", commit: 1)
        guard let again = try? Aggregate(parsing: written.bytes) else {
            preconditionFailure("a written aggregate is canonical")
        }
        precondition(again.allNames == written.allNames, "what was written is read again")
        let view = View(department: "roads", role: .co, issues: ["office#00000000:1"])
        precondition(view.project(aggregate).bytes == view.project(tree).bytes, "both project alike")
        _ = RowColumns(aggregate)
    }

    /// An accepted operation is its bytes; what is left after an erasure still reads.
    static func operation(_ bytes: [UInt8]) {
        guard let signed = try? SignedOperation(line: bytes) else { return }
        precondition(signed.bytes == bytes, "an operation keeps its bytes")
        do {
            let stripped = try SignedOperation(stored: signed.stripped)
            precondition(stripped.id == signed.id, "an erased operation keeps its name")
        } catch { preconditionFailure("a stripped operation is refused: \(error)") }
    }

    private struct Nobody: Verifier {
        func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool { true }
    }

    static func reply(_ bytes: [UInt8]) {
        if let page = VerifiedReply(bytes, key: [], verifier: Nobody()) {
            for line in page.lines { _ = (try? JSON(parsing: Array(line))).flatMap { Outcome($0) } }
        }
        _ = WireResponse(status: 200, body: bytes).errorCode
    }

    /// Where the bytes are cut makes no difference.
    static func http(_ bytes: [UInt8]) {
        let whole = requests([bytes[...]])
        for place in [1, bytes.count / 2, bytes.count - 1] where place > 0 && place < bytes.count {
            precondition(requests([bytes[..<place], bytes[place...]]) == whole, "cut at \(place) it reads otherwise")
        }
    }

    private static func requests(_ parts: [ArraySlice<UInt8>]) -> [String] {
        var parser = HTTPParser()
        var found: [String] = []
        for part in parts {
            var offset = 0
            let input = Array(part)
            while offset < input.count {
                do throws(HTTPRefusal) {
                    switch try parser.receive(input.span, from: &offset) {
                    case .needsMore: break
                    case .head(let head):
                        found.append("\(head.method) \(head.path)")
                        try parser.accept(bodyLimit: 4_096)
                    case .complete(let body):
                        found.append("\(body.count)")
                        parser.next()
                    }
                } catch {
                    return found + ["\(error.status)"]
                }
            }
        }
        return found
    }

    static func certificate(_ bytes: [UInt8]) {
        guard let certificate = try? Certificate(der: bytes) else { return }
        _ = try? CertificateProfile.check(certificate, purpose: .client, authorities: [certificate], now: 1_700_000_000)
    }

    /// What was accepted is written so that it is accepted again as the same.
    static func configuration(_ bytes: [UInt8]) {
        guard let configuration = try? NodeConfiguration(parsing: bytes, file: "fuzz") else { return }
        let text = configuration.text
        do {
            let again = try NodeConfiguration(parsing: Array(text.utf8), file: "fuzz")
            precondition(again.text == text, "a written configuration reads as itself")
        } catch { preconditionFailure("a written configuration is refused: \(error)") }
    }

    /// Rows are the same, however the bytes arrive.
    static func csv(_ bytes: [UInt8]) {
        var whole = CSVReader()
        let rows = whole.read(bytes) + whole.finish()
        var single = CSVReader()
        let again = bytes.flatMap { single.read([$0]) } + single.finish()
        precondition(rows.count == again.count, "another number of rows byte by byte")
    }
}
