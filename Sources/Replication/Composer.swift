import Appeals
import CanonicalJSON
import Cryptography

/// Turns what a person wants into a signed operation: base, authority and salts are the node's business.
struct Composer {
    let node: String
    let signer: any Signer
    let draw: (Int) -> String
    let world: any World

    /// The entry of `reference` that a draft is about, if any.
    static func entry(of draft: Draft) -> String? {
        guard draft.appeal == nil else { return nil }
        return Kinds.referenceEntry(
            Operation(
                origin: Origin(node: "x", incarnation: "00000000"),
                number: 1,
                previous: "",
                appeal: nil,
                kind: draft.kind,
                authority: nil,
                seen: Seen(epoch: "", slice: 0, reference: 0),
                clock: HybridClock(milliseconds: 0),
                actor: draft.actor,
                body: draft.body,
                personal: draft.personal
            )
        )
    }

    func compose(
        _ draft: Draft,
        origin: OriginRecord,
        seen: Seen,
        clock: HybridClock,
        now: Int64,
        appeal: Appeals.Aggregate?,
        reference: Appeals.Aggregate?
    ) throws -> SignedOperation {
        var body = draft.body
        body["salt"] = .string(draw(16))
        var personal = draft.personal
        if personal != nil { personal?["salt"] = .string(draw(16)) }
        var operation = Operation(
            origin: origin.origin,
            number: origin.last + 1,
            previous: origin.lastID,
            appeal: draft.appeal,
            kind: draft.kind,
            authority: draft.authority ?? authority(draft, appeal),
            seen: seen,
            clock: clock,
            actor: draft.actor,
            body: body,
            personal: personal
        )
        (operation.device, operation.command) = (draft.device, draft.command)
        operation.base = try draft.base ?? Overlay.base(of: operation, on: appeal ?? reference, world: world)
        return try SignedOperation(operation, sign: signer.sign)
    }

    /// The assignment that the draft names, else the registration, else the strongest open assignment of this node.
    private func authority(_ draft: Draft, _ appeal: Appeals.Aggregate?) -> String? {
        guard node != world.office, let appeal else { return nil }
        if let assignment = draft.body["assignment"]?.string,
            appeal.register("department@" + assignment)?.string == node
        {
            return assignment
        }
        if appeal.register("home")?.string == node { return appeal[.registers, "home"]?.write }
        let own = appeal.entities(with: "department", being: node)
        func strength(_ entity: String) -> Int {
            let role = appeal.register("role@" + entity)?.string
            return (appeal.isGround(entity) ? 10 : 0) + (role == "main" ? 3 : role == "co" ? 2 : 1)
        }
        return own.max { strength($0) < strength($1) }
    }
}
