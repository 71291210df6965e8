package import Accounts
import Appeals
import Replication

/// A code that somebody uses: the first run, an invitation, a new start.
extension Access {
    /// What becomes of it.
    package enum Acceptance: Sendable, Equatable {
        /// The account is theirs, and they are signed in.
        case entered(Begun)
        /// There is no such code, or it was used, or its time is up.
        case unknownCode
        /// Whoever holds the start code named somebody who does not have the role that lets others in.
        case notManaging
        /// The password is not taken, and why.
        case weak(Set<Password.Fault>)
    }

    /// Uses a code; it is gone with the transaction that makes the account.
    ///
    /// `user` counts for the start code alone. Somebody whose roles have ended since is answered like an unknown code.
    package func accept(
        _ code: OneTimeCode,
        user named: String,
        _ password: Password,
        from browser: Browser
    ) throws -> Acceptance {
        let looked = try place.store.read { reading in
            let code = try usable(code, reading)
            let user = code?.user ?? named
            return (code: code, user: user, name: try name(of: user, reading), roles: try roles(of: user, reading))
        }
        guard let given = looked.code, !looked.roles.isEmpty || given.user == nil else { return .unknownCode }
        if given.user == nil, !looked.roles.contains(managing) { return .notManaging }
        let faults = password.faults(of: [looked.user, looked.name], isCommon: CommonPasswords.contain)
        guard faults.isEmpty else { return .weak(faults) }
        let hash = try passwords.hash(password, try draw(PasswordHash.saltLength))
        return try place.store.write { transaction in
            guard try usable(code, transaction) == given, try !roles(of: looked.user, transaction).isEmpty else {
                return .unknownCode
            }
            return .entered(try enter(looked.user, given, hash, browser, transaction))
        }
    }

    /// The code, if it opens anything: a start code opens nothing where somebody has an account.
    private func usable(_ typed: OneTimeCode, _ reading: any StoreReading) throws -> AccessCode? {
        guard let code = try code(typed, reading) else { return nil }
        switch code.kind {
        case .start: return try hasAccounts(reading) ? nil : code
        case .invitation: return try code.user.flatMap { try account($0, reading) } == nil ? code : nil
        case .reset: return code
        }
    }

    private func enter(
        _ user: String,
        _ code: AccessCode,
        _ hash: PasswordHash,
        _ browser: Browser,
        _ transaction: any StoreTransaction
    ) throws -> Begun {
        var account = Account(user: user, password: hash, since: now)
        let act: AuditLine.Act
        switch code.kind {
        case .start: act = .firstAccount
        case .invitation: act = .accepted
        case .reset:
            act = .resetUsed
            account.reset = Account.Reset(at: now, by: code.by)
            account.language = try self.account(user, transaction)?.language
        }
        try put(account, transaction)
        try transaction.deleteLocal(.code, code.hash)
        try withdrawCodes(of: user, transaction)
        try endSessions(of: user, transaction)
        try audit(act, of: user, by: code.kind == .start ? "" : user, transaction)
        return try begin(user, browser, transaction)
    }

    /// What a code is for, for whoever is about to use it: its kind, and the person's printed name.
    package func codeIsFor(_ code: OneTimeCode) throws -> (kind: AccessCode.Kind, user: String?, name: String)? {
        try place.store.read { reading in
            guard let code = try usable(code, reading) else { return nil }
            return (code.kind, code.user, try code.user.map { try name(of: $0, reading) } ?? "")
        }
    }
}
