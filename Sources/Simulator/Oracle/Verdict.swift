import Appeals

/// The outcomes that the design allows for one operation.
struct Verdict: CustomStringConvertible {
    /// What may come of it, each with the reasons that it may have; nil: any.
    private var allowed: [(status: OutcomeStatus, reasons: Set<Reason>?)]

    init(_ status: OutcomeStatus, _ reasons: Set<Reason>? = nil) { allowed = [(status, reasons)] }

    /// Either of both.
    static func + (one: Verdict, other: Verdict) -> Verdict {
        var both = one
        both.allowed += other.allowed
        return both
    }

    /// The form of an operation is judged by tests of its own.
    private static let form: Set<Reason> = [
        .unknownField, .missingField, .wrongType, .notCorrectable, .tooLong, .tooMany, .tooDeep, .outOfRange,
        .operationFull, .appealFull,
    ]

    /// Whether the office may have decided so.
    func allows(_ outcome: Outcome) -> Bool {
        if outcome.status == .refused, let reason = outcome.reason, Self.form.contains(reason) { return true }
        return allowed.contains { status, reasons in
            status == outcome.status
                && (reasons == nil || outcome.reason.map { reasons?.contains($0) ?? true } ?? false)
        }
    }

    var description: String {
        allowed.map { status, reasons in
            status.rawValue + (reasons.map { " (\($0.map(\.rawValue).sorted().joined(separator: ", ")))" } ?? "")
        }.joined(separator: " or ")
    }
}
