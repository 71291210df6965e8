package import Accounts
import Cryptography
import Replication

/// What somebody who is signed in does with their own account.
extension Access {
    /// What becomes of a new password.
    package enum Change: Sendable, Equatable {
        case done
        /// The present password is another, or too many were wrong.
        case notProven(Answer)
        case weak(Set<Password.Fault>)
    }

    /// Changes the password; all other sessions end.
    package func change(_ asked: Asked, to new: Password, session hash: String) throws -> Change {
        let present: PasswordHash?, name: String
        (present, name) = try place.store.read { reading in
            (try account(asked.user, reading)?.password, try self.name(of: asked.user, reading))
        }
        let faults = new.faults(of: [asked.user, name], isCommon: CommonPasswords.contain)
        guard faults.isEmpty else { return .weak(faults) }
        if let answer = try prove(asked) { return .notProven(answer) }
        let hashed = try passwords.hash(new, try draw(PasswordHash.saltLength))
        return try place.store.write { transaction in
            guard var account = try account(asked.user, transaction), account.password == present else {
                return .notProven(.wrong)
            }
            account.password = hashed
            account.since = now
            try put(account, transaction)
            try endSessions(of: account.user, but: hash, transaction)
            try audit(.passwordChanged, of: account.user, by: account.user, transaction)
            return .done
        }
    }

    // MARK: the second proof

    /// A secret for an authenticator, shown until a password of it confirms that it was read.
    package func propose(to user: String) throws -> OneTimePassword? {
        try place.store.write { transaction in
            guard var account = try account(user, transaction), account.authenticator == nil else { return nil }
            let secret = try account.proposed ?? draw(OneTimePassword.secretLength)
            account.proposed = secret
            try put(account, transaction)
            return try OneTimePassword(secret: secret)
        }
    }

    /// What becomes of the first one-time password of a proposed secret.
    package enum Confirmation: Sendable, Equatable {
        /// Set up; the codes are shown this once.
        case done(recovery: [String])
        case wrong
        /// So many seconds the person's clock is ahead of the node's, behind if negative.
        case clocksApart(seconds: Int64)
    }

    /// Takes the proposed secret for the person's, if this is a password of it.
    package func confirm(_ typed: String, of user: String) throws -> Confirmation {
        try place.store.write { transaction in
            guard var account = try account(user, transaction), let secret = account.proposed else { return .wrong }
            switch try OneTimePassword(secret: secret).judge(typed, at: now, last: nil) {
            case .accepted(let step):
                account.authenticator = Account.Authenticator(secret: secret, last: step)
                account.proposed = nil
                let codes = try drawRecovery(&account)
                try put(account, transaction)
                try audit(.secondProofSet, of: user, by: user, transaction)
                return .done(recovery: codes)
            case .clocksApart(let seconds): return .clocksApart(seconds: seconds)
            case .used, .wrong: return .wrong
            }
        }
    }

    /// Draws the codes on paper anew; those before are worth nothing.
    ///
    /// Empty where there is no second proof.
    package func renewRecovery(of user: String) throws -> [String] {
        try place.store.write { transaction in
            guard var account = try account(user, transaction), account.authenticator != nil else { return [] }
            let codes = try drawRecovery(&account)
            try put(account, transaction)
            try audit(.recoveryRenewed, of: user, by: user, transaction)
            return codes
        }
    }

    private func drawRecovery(_ account: inout Account) throws -> [String] {
        let codes = try (0..<AccessLimits.recoveryCodes).compactMap { _ in OneTimeCode(try draw(OneTimeCode.length)) }
        account.recovery = codes.map(\.hash)
        return codes.map(\.text)
    }

    /// Takes the second proof away; the caller has looked that none is demanded of the person.
    package func removeSecondProof(of user: String) throws {
        try place.store.write { transaction in
            guard var account = try account(user, transaction), account.authenticator != nil else { return }
            account.authenticator = nil
            account.recovery = []
            try put(account, transaction)
            try audit(.secondProofRemoved, of: user, by: user, transaction)
        }
    }
}
