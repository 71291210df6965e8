import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Replication

/// Up to where a listener has heard: of the node's rows a commit, of its own log a number.
struct ChangePosition: Equatable, Sendable {
    /// The office's epoch, and which generation of rows the node shows: beyond it commits mean nothing.
    var epoch = ""
    var generation: Int64 = 0
    /// The commit of the last row, of appeals and of the directory.
    var appeals: Int64 = 0
    var reference: Int64 = 0
    /// At a department: its log, the last operation in it, and up to which the office has answered.
    var log = ""
    var written: Int64 = 0
    var answered: Int64 = 0
    /// When the last appeal left, unix milliseconds.
    var left: Int64 = 0

    /// Bytes of the code that binds it.
    private static let sealed = 16
    /// Characters of `Last-Event-ID` at most.
    static let longest = 512

    private var bytes: [UInt8] {
        JSON.array([
            .string(epoch), .integer(generation), .integer(appeals), .integer(reference), .string(log),
            .integer(written), .integer(answered), .integer(left),
        ]).canonicalBytes()
    }

    /// As a listener gets it: opaque, and good for this account at this node alone.
    func text(_ seal: PositionSeal) throws -> String {
        Base64URL.encode(try Array(seal.code(bytes).prefix(Self.sealed)) + bytes)
    }

    private init() {}

    /// Nil for what this account was not given by this node.
    init?(_ text: String, _ seal: PositionSeal) throws {
        guard text.utf8.count <= Self.longest, let whole = Base64URL.decode(text), whole.count > Self.sealed else {
            return nil
        }
        let bytes = Array(whole.dropFirst(Self.sealed))
        let code = Array(try seal.code(bytes).prefix(Self.sealed))
        guard ConstantTime.equal(Array(whole.prefix(Self.sealed)), code),
            let parts = try JSON(parsing: bytes).array, parts.count == 8
        else { return nil }
        let numbers = parts.map { $0.integer ?? 0 }
        (epoch, log) = (parts[0].string ?? "", parts[4].string ?? "")
        (generation, appeals, reference) = (numbers[1], numbers[2], numbers[3])
        (written, answered, left) = (numbers[5], numbers[6], numbers[7])
    }

    /// Where the node stands now.
    init(now desk: Desk, _ reading: any StoreReading) throws {
        let spaces = try desk.spaces(reading)
        let last = try desk.isOffice ? reading.lastCommit() : reading.stream(spaces.appeals)?.commit ?? 0
        epoch = try (desk.isOffice ? reading.value(Values.epoch) : reading.stream(spaces.appeals)?.epoch) ?? ""
        generation = spaces.appealsGeneration
        appeals = last
        reference = try desk.isOffice ? last : reading.stream(spaces.reference)?.commit ?? 0
        left = try reading.departed(before: nil, limit: 1).first?.at ?? 0
        if !desk.isOffice, let origin = try reading.origins(node: desk.place.node).last {
            (log, written, answered) = (origin.origin.description, origin.last, origin.acknowledged)
        }
    }
}

/// What binds a position to an account and a node.
struct PositionSeal {
    /// A secret of the node.
    let key: [UInt8]
    let node: String
    let user: String

    func code(_ bytes: [UInt8]) throws -> [UInt8] {
        // Ids have no line feeds.
        try HMAC.of(Array("changes\n\(node)\n\(user)\n".utf8) + bytes, key: key, hash: .sha256)
    }
}
