public import CanonicalJSON
public import Cryptography

/// Signs for a node: a private key outside, a deterministic twin in the simulator.
public protocol Signer: Sendable {
    /// 64 bytes r‖s over the message.
    func sign(_ message: [UInt8]) throws -> [UInt8]
    /// SubjectPublicKeyInfo DER of the key.
    var publicKey: [UInt8] { get }
}

/// Verifies for a node; a real key's twin in the simulator answers for deterministic signers.
public protocol Verifier: Sendable {
    /// Whether `key` (SubjectPublicKeyInfo, DER) made `signature` (64 bytes r‖s) over `message`.
    func verifies(_ signature: [UInt8], over message: [UInt8], by key: [UInt8]) -> Bool
    /// Reads a page of lines and verifies them, range by range; gives each by its place, once it is known.
    ///
    /// A node may go on reading on another core while the first lines are used.
    func read<Line: Sendable>(_ count: Int, _ read: @escaping @Sendable (Range<Int>) -> [Line]) -> (Int) -> Line
}

extension Verifier {
    /// On this core, all at once.
    public func read<Line: Sendable>(
        _ count: Int,
        _ read: @escaping @Sendable (Range<Int>) -> [Line]
    ) -> (Int) -> Line {
        let lines = read(0..<count)
        return { lines[$0] }
    }
}

/// The last line of a reply: what it says about the lines above, signed by the office.
public struct SignedReply: Sendable {
    public static let prefix = Array("kartoteka reply 1\n".utf8)
    public let reply: JSONObject
    public let signature: [UInt8]

    /// Signs `reply`, to which the hash of the lines above is added as `lines`.
    public init(_ reply: JSONObject, lines: SHA256Digest, signer: any Signer) throws {
        var reply = reply
        reply["lines"] = .string(lines.hex)
        self.reply = reply
        signature = try signer.sign(Self.message(reply))
    }

    /// Reads a reply's last line; nil if it is not one.
    public init?(_ line: [UInt8]) {
        guard let json = try? JSON(parsing: line), let reply = json["reply"]?.object,
            let signature = json["signature"]?.string.flatMap(Base64.decode)
        else { return nil }
        self.reply = reply
        self.signature = signature
    }

    /// What is signed: the prefix, then the canonical bytes of `reply` (protocol.md "One exchange").
    static func message(_ reply: JSONObject) -> [UInt8] { prefix + JSON.object(reply).canonicalBytes() }

    public var line: [UInt8] {
        JSON.object(["reply": .object(reply), "signature": .string(Base64.encode(signature))]).canonicalBytes()
    }

    /// Whether the office's key signed this reply over exactly these lines.
    public func holds(over lines: SHA256Digest, key: [UInt8], verifier: any Verifier) -> Bool {
        reply["lines"]?.string == lines.hex && isSigned(by: key, verifier: verifier)
    }

    /// Whether this key signed the last line; of the lines above it this says nothing.
    package func isSigned(by key: [UInt8], verifier: any Verifier) -> Bool {
        verifier.verifies(signature, over: Self.message(reply), by: key)
    }
}
