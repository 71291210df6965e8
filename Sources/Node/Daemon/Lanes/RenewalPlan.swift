import Cryptography

/// When a department asks for a new certificate, and where; by the clock alone.
struct RenewalPlan: Equatable {
    enum Step: Equatable {
        case nothing
        /// At the sync port, by the certificate that is still valid.
        case askOffice
        /// At the enrolment port, which an operator opens for it.
        case askDoor
        /// It expired too long ago.
        case joinAgain
    }

    /// How often a running department looks, in seconds.
    static let looks = 60
    /// How long it waits after a try at the sync port, in milliseconds.
    static let pause: Int64 = 600_000

    /// When the last step was decided that was not `nothing`.
    private(set) var lastTry: Int64?

    /// What to do at `now` (unix milliseconds); to be asked every `looks` seconds.
    ///
    /// Tries at the enrolment port have no pause: the port is closed until somebody has approved, and a refused
    /// connection costs nothing.
    mutating func step(_ certificate: Certificate, now: Int64) -> Step {
        guard certificate.isHalfOver(now: now) else { return .nothing }
        let expired = now / 1_000 - certificate.notAfter
        guard expired <= 0 else { return expired <= Renewal.expiredDays * 86_400 ? .askDoor : .joinAgain }
        // A clock that was set back must not delay it for years.
        if let lastTry, now >= lastTry, now - lastTry < Self.pause { return .nothing }
        lastTry = now
        return .askOffice
    }
}
