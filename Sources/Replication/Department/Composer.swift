import Appeals
import CanonicalJSON
import Cryptography

/// Turns a person's intention into a signed operation; the node supplies base, authority and salts.
struct Composer {
    let node: String
    let signer: any Signer
    let draw: (Int) -> String
    let world: any JudgeLookups

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

    /// Turns a draft into the next signed operation of `origin`: number `last + 1`, `previous` its last id.
    ///
    /// Body and personal part get 16 fresh bytes of salt each, so that their digests tell nothing. `now` is in unix ms;
    /// what the draft leaves open (authority, base) is what the node shows now. Throws what the signer throws. Form:
    /// protocol.md "The operation".
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
            authority: try draft.authority ?? appeal.flatMap { try authority(draft, $0) },
            seen: seen,
            clock: clock,
            actor: draft.actor,
            body: body,
            personal: personal
        )
        (operation.device, operation.command) = (draft.device, draft.command)
        operation.base = try draft.base ?? Overlay.base(of: operation, on: appeal ?? reference, world: world)
        if draft.base == nil, let shown = draft.shown {
            operation.base = Dictionary(uniqueKeysWithValues: operation.base.keys.map { ($0, shown[$0]) })
        }
        return try SignedOperation(operation, sign: signer.sign)
    }

    /// The ground that the act cites, if the draft names none.
    private func authority(_ draft: Draft, _ appeal: Appeals.Aggregate) throws -> String? {
        try Authority.toCite(
            kind: draft.kind,
            role: draft.actor.role,
            node: node,
            naming: draft.body["assignment"]?.string,
            on: appeal,
            in: world
        )
    }
}
