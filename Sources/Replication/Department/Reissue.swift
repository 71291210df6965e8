import Appeals
import CanonicalJSON
import Cryptography

/// Issues operations again under a new incarnation, in number order, remembering which name became which.
struct Reissue {
    let former: Origin
    let present: Origin
    private var numbers: [Int64: Int64] = [:]

    /// A branch of `former` that continues in `present`; both logs are this node's own.
    init(former: Origin, present: Origin) {
        self.former = former
        self.present = present
    }

    /// The operation under its new name: number and `previous` of the present log, `reissues` its former id.
    ///
    /// Authority, base and every write that the body names are rewritten if this branch re-issued them before; so
    /// operations must be given in number order. Kind, actor, salt and clock stay. Throws what the signer throws.
    /// Source: protocol.md "Fork, rollback, holes, clones".
    mutating func operation(
        _ signed: SignedOperation,
        number: Int64,
        previous: String,
        signer: any Signer
    ) throws -> SignedOperation {
        var operation = signed.operation
        numbers[operation.number] = number
        operation.origin = present
        operation.number = number
        operation.previous = previous
        operation.reissues = signed.id
        operation.authority = operation.authority.map(rewrite)
        var base: [String: String?] = [:]
        for (register, write) in operation.base { base[rewriteRegister(register)] = .some(write.map(rewrite)) }
        operation.base = base
        if case .object(let body) = rewrite(.object(operation.body)) { operation.body = body }
        return try SignedOperation(operation, sign: signer.sign)
    }

    /// The new name of a write that this branch re-issued; any other text as it is.
    private func rewrite(_ name: String) -> String {
        guard let write = WriteName(name), write.origin == former, let number = numbers[write.number] else {
            return name
        }
        let suffix = name.split(separator: "/", maxSplits: 1).dropFirst().first.map { "/" + $0 } ?? ""
        return "\(present):\(number)\(suffix)"
    }

    /// The full name of a register whose entity was re-issued, under the entity's new name.
    private func rewriteRegister(_ full: String) -> String {
        guard let entity = Names.entity(full) else { return full }
        return Names.bare(full) + "@" + rewrite(entity)
    }

    /// A JSON value in which every write that was re-issued has its new name.
    private func rewrite(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): return .string(rewrite(text))
        case .array(let elements): return .array(elements.map(rewrite))
        case .object(let object):
            return .object(JSONObject(members: object.members.map { (rewriteRegister($0.key), rewrite($0.value)) }))
        case .null, .bool, .integer, .double: return value
        }
    }
}
