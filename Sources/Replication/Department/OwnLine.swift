import Appeals
import CanonicalJSON

/// An own operation before it gets a number: looked at as everybody will look at it who receives it.
enum OwnLine {
    /// Reads the line within the limits of received ones and checks its signature; refuses it with the limit that it breaks.
    static func check(_ signed: SignedOperation, key: [UInt8], _ verifier: any Verifier) throws {
        let bytes = signed.bytes.count
        guard bytes <= Limits.operation else {
            throw Refusal(.operationFull, size: Size(bytes, limit: Limits.operation), kind: signed.operation.kind)
        }
        let read: SignedOperation
        do { read = try SignedOperation(line: signed.bytes) } catch {
            throw Refusal(.wrongType, path: error.path, kind: signed.operation.kind)
        }
        let message = Operation.message(envelope: read.envelope)
        guard read.id == signed.id, verifier.verifies(read.signature, over: message, by: key) else {
            throw StoreError(.other, doing: "signing \(signed.operation.write)", found: "the own key did not sign it")
        }
    }

    /// Refuses an appeal that would not fit into a row.
    static func check(_ appeal: Appeals.Aggregate?) throws(Refusal) {
        guard let bytes = appeal?.bytes.count, bytes > Limits.appeal else { return }
        throw Refusal(.appealFull, size: Size(bytes, limit: Limits.appeal))
    }
}
