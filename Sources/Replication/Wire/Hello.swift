import Appeals
public import CanonicalJSON
import Cryptography

/// A reader's place in a stream.
public struct Position: Sendable, Equatable {
    public var stream: String
    public var epoch: String
    public var sequence: Int64
    public var mark: String

    public var json: JSON {
        ["stream": .string(stream), "epoch": .string(epoch), "sequence": .integer(sequence), "mark": .string(mark)]
    }

    /// A place in `stream`: `mark` is the one at `sequence`, empty at 0.
    public init(stream: String, epoch: String, sequence: Int64, mark: String) {
        self.stream = stream
        self.epoch = epoch
        self.sequence = sequence
        self.mark = mark
    }

    /// Reads `json`'s form; nil if a field is missing, of another kind or below 0.
    init?(_ json: JSON) {
        guard let stream = json["stream"]?.string, let epoch = json["epoch"]?.string,
            let sequence = json["sequence"]?.integer,
            sequence >= 0, let mark = json["mark"]?.string
        else { return nil }
        self.init(stream: stream, epoch: epoch, sequence: sequence, mark: mark)
    }
}

/// What a department says first.
struct Hello {
    var version = Limits.version
    var software = ""
    var origin: Origin
    /// The incarnation's public key.
    var key: [UInt8]
    var last: (number: Int64, id: String)
    /// The last operation with an outcome in `epoch`.
    var acknowledged: (number: Int64, id: String)
    var epoch: String
    /// The office's epoch, if a hello has told it in this session; a hello that does not know it only learns it.
    var known = ""
    var token: String
    var positions: [Position]
    var clock: Int64
    /// When the oldest unsent operation was made, unix milliseconds; 0 if there is none.
    var oldestUnsent: Int64
    var erasures: [ErasureRecord]
    /// After a restore of the office: all own logs, oldest first, each with the last number that will be sent of it; the
    /// last is the one that is written to.
    var logs: [(origin: Origin, number: Int64)] = []
    /// Signed last lines that show what the office said, if it asked for them.
    var evidence: [String] = []
    /// The last of the office's erasures that the previous reply named; empty: the list starts from its beginning.
    var erasuresAfter = ""
    /// The incarnation's second key, if it has one.
    var witness: Witness?

    var json: JSON {
        var object: JSONObject = [
            "version": .integer(version), "software": .string(software), "origin": .string(origin.description),
            "key": .string(Base64.encode(key)), "last": ["number": .integer(last.number), "id": .string(last.id)],
            "acknowledged": ["number": .integer(acknowledged.number), "id": .string(acknowledged.id)],
            "epoch": .string(epoch),
            "known": .string(known), "token": .string(token), "positions": .array(positions.map(\.json)),
            "clock": .integer(clock),
            "oldestUnsent": .integer(oldestUnsent), "erasures": .array(erasures.map(\.json)),
        ]
        if !logs.isEmpty {
            object["logs"] = .array(
                logs.map { ["origin": .string($0.origin.description), "number": .integer($0.number)] }
            )
        }
        if !evidence.isEmpty { object["evidence"] = .array(evidence.map(JSON.string)) }
        if !erasuresAfter.isEmpty { object["erasuresAfter"] = .string(erasuresAfter) }
        object["witness"] = witness?.json
        return .object(object)
    }

    /// What every hello says; the rest is set where it applies.
    init(
        origin: Origin,
        key: [UInt8],
        last: (number: Int64, id: String),
        acknowledged: (number: Int64, id: String),
        epoch: String,
        token: String,
        positions: [Position],
        clock: Int64,
        oldestUnsent: Int64,
        erasures: [ErasureRecord]
    ) {
        self.origin = origin
        self.key = key
        self.last = last
        self.acknowledged = acknowledged
        self.epoch = epoch
        self.token = token
        self.positions = positions
        self.clock = clock
        self.oldestUnsent = oldestUnsent
        self.erasures = erasures
    }

    /// Reads a hello: at most 8 positions, 10,000 erasures, `helloLogs` logs of the same node and `helloEvidence`
    /// lines.
    ///
    /// Nil if anything is not in the form of protocol.md section 7.1; what it does not know it passes over.
    init?(_ json: JSON) {
        func numbered(_ key: String) -> (number: Int64, id: String)? {
            guard let number = json[key]?["number"]?.integer, number >= 0, let id = json[key]?["id"]?.string else {
                return nil
            }
            return (number, id)
        }
        guard let version = json["version"]?.integer, let origin = json["origin"]?.string.flatMap({ Origin($0) }),
            let key = json["key"]?.string.flatMap(Base64.decode), let last = numbered("last"),
            let acknowledged = numbered("acknowledged"),
            let epoch = json["epoch"]?.string, let token = json["token"]?.string,
            let positions = json["positions"]?.array,
            positions.count <= 8, let clock = json["clock"]?.integer, let oldest = json["oldestUnsent"]?.integer,
            let erasures = json["erasures"]?.array, erasures.count <= 10_000
        else { return nil }
        let read = positions.compactMap { Position($0) }
        let erased = erasures.compactMap { ErasureRecord($0) }
        guard read.count == positions.count, erased.count == erasures.count else { return nil }
        self.init(
            origin: origin,
            key: key,
            last: last,
            acknowledged: acknowledged,
            epoch: epoch,
            token: token,
            positions: read,
            clock: clock,
            oldestUnsent: oldest,
            erasures: erased
        )
        self.version = version
        software = json["software"]?.string ?? ""
        known = json["known"]?.string ?? ""
        guard let logs = Self.logs(json["logs"], of: origin.node), let evidence = Self.evidence(json["evidence"]) else {
            return nil
        }
        self.logs = logs
        self.evidence = evidence
        if let after = json["erasuresAfter"] {
            guard let after = after.string, Names.isAppeal(after) else { return nil }
            erasuresAfter = after
        }
        if let said = json["witness"] {
            guard let witness = Witness(said) else { return nil }
            self.witness = witness
        }
    }

    /// The named logs, all of this node; nil if one is not, or there are more than `helloLogs`.
    private static func logs(_ json: JSON?, of node: String) -> [(origin: Origin, number: Int64)]? {
        guard let json else { return [] }
        guard let array = json.array, array.count <= ReplicationLimits.helloLogs else { return nil }
        let logs = array.compactMap { log -> (origin: Origin, number: Int64)? in
            guard let origin = log["origin"]?.string.flatMap({ Origin($0) }), origin.node == node,
                let number = log["number"]?.integer, number >= 0
            else { return nil }
            return (origin, number)
        }
        return logs.count == array.count ? logs : nil
    }

    /// The lines of evidence; nil if one is too long, or there are more than `helloEvidence`.
    private static func evidence(_ json: JSON?) -> [String]? {
        guard let json else { return [] }
        guard let array = json.array, array.count <= ReplicationLimits.helloEvidence else { return nil }
        let lines = array.compactMap(\.string).filter { $0.utf8.count <= ReplicationLimits.evidenceBytes }
        return lines.count == array.count ? lines : nil
    }
}

extension ErasureRecord {
    /// `{"erased":…,"seal":…}`, as hellos and their replies tell it; without a seal if there is none.
    var json: JSON {
        var object: JSONObject = ["erased": .string(appeal)]
        if !seal.isEmpty { object["seal"] = .string(seal) }
        return .object(object)
    }

    /// Reads `{"erased":…,"seal":…}`; a seal has at most 64 bytes.
    init?(_ json: JSON) {
        guard let appeal = json["erased"]?.string, Names.isAppeal(appeal) else { return nil }
        let seal = json["seal"]?.string ?? ""
        guard seal.utf8.count <= 64 else { return nil }
        self.init(appeal: appeal, seal: seal)
    }
}
