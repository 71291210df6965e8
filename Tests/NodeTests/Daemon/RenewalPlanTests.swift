import Cryptography
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// When a department asks for a new certificate.
struct RenewalPlanTests {
    private static let day: Int64 = 86_400_000
    /// 1 January 2026, Unix milliseconds.
    private static let begin: Int64 = 1_767_225_600_000

    /// Valid for 90 days.
    private func certificate() throws -> Certificate {
        try CertificateAuthority.selfSigned(
            name: "Any",
            key: try PrivateKey.generate(),
            notBefore: Self.begin / 1_000,
            days: 90,
            serial: [1]
        )
    }

    @Test("nothing is asked before half of the time is over, then the office, after the end the door, at last nobody")
    func ages() throws {
        let certificate = try certificate()
        func step(_ days: Int64, after: Int64 = 0) -> RenewalPlan.Step {
            var plan = RenewalPlan()
            return plan.step(certificate, now: Self.begin + days * Self.day + after)
        }
        #expect(step(-1) == .nothing)
        #expect(step(44) == .nothing)
        #expect(step(45, after: 1_000) == .askOffice)
        #expect(step(90, after: -1_000) == .askOffice)
        #expect(step(90) == .askDoor)
        #expect(step(90 + 180, after: -1_000) == .askDoor)
        #expect(step(90 + 180) == .joinAgain)
    }

    @Test("the office is asked again after a pause, and at once when the clock was set back")
    func pauses() throws {
        let certificate = try certificate()
        var plan = RenewalPlan()
        let now = Self.begin + 50 * Self.day
        #expect(plan.step(certificate, now: now) == .askOffice)
        #expect(plan.step(certificate, now: now + RenewalPlan.pause - 1) == .nothing)
        #expect(plan.step(certificate, now: now + RenewalPlan.pause) == .askOffice)
        #expect(plan.step(certificate, now: now - Self.day) == .askOffice)
    }
}
