import Appeals
import CanonicalJSON
import Cryptography

/// The projection in force in an office's store, beside the program's own.
struct ProjectionInForce {
    let own: Projection
    let stored: Projection?
    /// How far rows were projected again since the last switch; nil when all are through.
    private let reached: (stream: String, key: String)?
    private let office: Office

    /// Reads what the store says; throws `.corrupt` if nobody can read it, since it decides who sees what.
    init(_ office: Office, _ reading: any StoreReading) throws {
        own = office.projection
        self.office = office
        reached = try reading.value(Values.projecting)
        guard let text = try reading.value(Values.projection) else {
            stored = nil
            return
        }
        guard text != own.text else {
            stored = own
            return
        }
        do { stored = Projection(try JSON(parsing: Array(text.utf8))) } catch {
            throw StoreError(.corrupt, doing: "reading the projection", found: "\(error)")
        }
        if stored == nil { throw StoreError(.corrupt, doing: "reading the projection", found: text) }
    }

    /// The projection on which the digests are based.
    var published: Projection { stored ?? own }
    /// Whatever is sent is allowed by all of these.
    var all: [Projection] { office.rules.allowing(own, published) }

    /// Whether digests of a stream are not yet those of the rows that go out.
    func isUnderWay(_ stream: String) -> Bool {
        guard stream.hasPrefix("slice:") else { return false }
        guard stored == own else { return true }
        guard let reached else { return false }
        return !stream.utf8.lexicographicallyPrecedes(reached.stream.utf8)
    }
}

/// An upgrade that changes who may see what: one switch, then every row whose projection differs goes out anew.
extension Office {
    /// Puts this program's projection in force, if it is newer than the one in the store; it never goes back.
    ///
    /// NB: only when no process of an older version is alive: it would go on to publish by the former one.
    public func switchProjection() throws {
        try store.write { transaction in
            let found = try ProjectionInForce(self, transaction)
            guard found.stored.map({ $0.version < projection.version }) ?? true else { return }
            try transaction.setValue(Values.projectedBefore, found.stored?.version)
            try transaction.setValue(Values.projection, projection.text)
            try transaction.setValue(Values.projecting, ("", ""))
        }
    }

    /// Projects a chunk of rows again, in one transaction; gives the streams that changed, and whether all are through.
    ///
    /// May be interrupted anywhere and resumes where it stopped.
    public func reproject(now: Int64) throws -> (changed: [String], isThrough: Bool) {
        guard try store.read({ try $0.value(Values.projecting) }) != nil else { return ([], true) }
        return try store.write { transaction in
            guard let reached = try transaction.value(Values.projecting) else { return ([], true) }
            guard let stream = try Self.slice(from: reached.stream, transaction) else {
                try transaction.setValue(Values.projecting, nil)
                return ([], true)
            }
            let admission = try Admission(self, transaction, now: now)
            let limit = rules.sizes.reprojected
            let tenures = try transaction.openTenures(
                stream,
                after: stream == reached.stream ? reached.key : "",
                limit: limit
            )
            // Of a row of an older version than this nobody knows what was hidden meanwhile.
            let former = try transaction.value(Values.projectedBefore)
            let turn = Turn(pace, store)
            var done = 0
            while done < tenures.count, done == 0 || !turn.isOver {
                try admission.reproject(tenures[done], after: former)
                done += 1
            }
            let isCut = done < tenures.count || tenures.count == limit
            // Names of streams have no byte below a space, so that nothing stands between a name and this.
            let next = isCut ? (stream, tenures[done - 1].key) : (stream + " ", "")
            try transaction.setValue(Values.projecting, next)
            return (try admission.finish(), false)
        }
    }
}

extension Office {
    /// The first slice whose name is not before this one.
    private static func slice(from name: String, _ reading: any StoreReading) throws -> String? {
        let first = "slice:"
        if name.hasPrefix(first), try reading.stream(name) != nil { return name }
        let next = try reading.streams(after: name.hasPrefix(first) ? name : first, limit: 1).first?.name
        return next.flatMap { $0.hasPrefix(first) ? $0 : nil }
    }
}

extension Admission {
    /// `former`: the version that was in force before, if there was one.
    fileprivate func reproject(_ tenure: TenureRecord, after former: Int64?) throws {
        guard tenure.projection != writer.projection.version,
            let appeal = try transaction.row(Space.appeals, generation: 0, key: tenure.key)?.aggregate()
        else { return }
        try writer.reproject(tenure, of: appeal, isDirect: former == nil || former == tenure.projection) {
            nextCommit()
        }
    }
}
