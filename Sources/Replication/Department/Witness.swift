import Appeals
public import CanonicalJSON
import Cryptography

/// A second key of a node, Ed25519, for countersigning logs: signed by the node's key for one incarnation, and ended with it.
public struct Witness: Sendable, Equatable {
    static let prefix = Array("kartoteka witness 1\n".utf8)
    /// SubjectPublicKeyInfo DER.
    public let key: [UInt8]
    let signature: [UInt8]

    /// A witness key (DER), confirmed by the node's own signature over it and the origin.
    init(key: [UInt8], origin: Origin, signer: any Signer) throws {
        self.key = key
        signature = try signer.sign(Self.message(key, origin))
    }

    /// Nil for another form, or a key that is none.
    public init?(_ json: JSON) {
        guard let object = json.object, object.count == 2,
            let key = object["key"]?.string.flatMap(Base64.decode), PublicKey.isEd25519(key),
            let signature = object["signature"]?.string.flatMap(Base64.decode), signature.count == 64
        else { return nil }
        (self.key, self.signature) = (key, signature)
    }

    public var json: JSON {
        ["key": .string(Base64.encode(key)), "signature": .string(Base64.encode(signature))]
    }

    /// What the node signs to confirm a witness: the key and the origin.
    private static func message(_ key: [UInt8], _ origin: Origin) -> [UInt8] {
        let said: JSON = ["key": .string(Base64.encode(key)), "origin": .string(origin.description)]
        return prefix + said.canonicalBytes()
    }

    /// Whether the key of this origin signed it for this origin.
    func holds(_ origin: Origin, key: [UInt8], verifier: any Verifier) -> Bool {
        verifier.verifies(signature, over: Self.message(self.key, origin), by: key)
    }
}

extension Office {
    /// Whether what a hello says of a witness holds; one that says nothing does.
    func holdsWitness(_ hello: Hello) -> Bool {
        hello.witness.map { $0.holds(hello.origin, key: hello.key, verifier: verifier) } ?? true
    }

    /// Keeps the countersigning key that a hello brought, if it brought one; it ends with its incarnation.
    func keepWitness(_ hello: Hello, _ transaction: any StoreTransaction) throws {
        guard let witness = hello.witness else { return }
        try transaction.setValue(Values.witness(hello.origin.description), witness.key)
    }

    /// The witness of an open incarnation; a closed one has none.
    func witness(of origin: Origin, _ reading: any StoreReading) throws -> [UInt8]? {
        guard try reading.origin(origin)?.state == .open else { return nil }
        return try reading.value(Values.witness(origin.description))
    }
}
