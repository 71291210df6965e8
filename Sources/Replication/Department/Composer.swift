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
            authority: try draft.authority ?? authority(draft, appeal),
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

    /// What entitles its author to an act of this kind: the first that does.
    ///
    /// Of the assignment that the draft names, the registration, the strongest assignment of this node. Somebody who
    /// registered an appeal and also executes it acts in two capacities.
    private func authority(_ draft: Draft, _ appeal: Appeals.Aggregate?) throws -> String? {
        guard node != world.office, let appeal else { return nil }
        let named = (draft.body["assignment"]?.string).flatMap {
            appeal.register("department@" + $0)?.string == node ? $0 : nil
        }
        let home = appeal.register("home")?.string == node ? appeal[.registers, "home"]?.write : nil
        let candidates = [named, home, strongest(appeal)].compactMap(\.self)
        return try candidates.first { try entitles($0, to: draft, on: appeal) } ?? candidates.first
    }

    /// Whether an act of this kind may cite that authority.
    private func entitles(_ authority: String, to draft: Draft, on appeal: Appeals.Aggregate) throws -> Bool {
        guard let kind = Kinds.named(draft.kind) else { return false }
        let standing = try Authority.of(node: node, authority: authority, on: appeal, in: world)
        return standing.parties.contains { kind.parties[$0]?.contains(draft.actor.role) == true }
    }

    /// The strongest assignment of this node on an appeal, an open one before any other; nil if it has none.
    private func strongest(_ appeal: Appeals.Aggregate) -> String? {
        func strength(_ entity: String) -> Int {
            let role = appeal.register("role@" + entity)?.string
            return (appeal.isGround(entity) ? 10 : 0) + (role == "main" ? 3 : role == "co" ? 2 : 1)
        }
        return appeal.entities(with: "department", being: node).max { strength($0) < strength($1) }
    }
}
