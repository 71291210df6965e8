package import Accounts
import Appeals
import CanonicalJSON
import Cryptography
import Replication

/// How somebody signs in, and what makes guessing long.
extension Access {
    /// What was typed, and from where.
    package struct Asked {
        package let user: String
        package let password: Password
        /// A one-time password, or a code on paper; empty if nothing was typed.
        package let code: String
        package let browser: Browser

        package init(user: String, password: Password, code: String = "", browser: Browser) {
            // A phone begins a name with a capital letter, and adds a space after it.
            self.user = String(user.lowercased().filter { $0 != " " }.prefix(Limits.identifier + 1))
            self.password = password
            self.code = code
            self.browser = browser
        }
    }

    /// What becomes of it.
    ///
    /// Names that nobody has are answered as those whose password is wrong.
    package enum Answer: Sendable, Equatable {
        case entered(Begun)
        /// Name, password or code: nobody is told which.
        case wrong
        /// Too many were wrong; not before this moment, unix milliseconds.
        case waits(until: Int64)
        /// The password is right, and a second proof is asked for.
        case codeWanted
        /// The code is right and was used already.
        case codeUsed
        /// The code is right for another time: so many seconds the person's clock is ahead of the node's, behind if negative.
        case clocksApart(seconds: Int64)
    }

    /// Signs somebody in; exactly one password is hashed, whoever is named, unless it is too early to guess again.
    package func signIn(_ asked: Asked) throws -> Answer {
        let (waits, found) = try place.store.read { reading in
            let found = Names.isIdentifier(asked.user) ? try account(asked.user, reading) : nil
            return (try waitsUntil(asked, reading), found)
        }
        if let until = waits { return .waits(until: until) }
        guard let expected = found?.password ?? PasswordHash.ofNobody else {
            preconditionFailure("the hash of nobody is one")
        }
        let fits = try passwords.fits(expected, asked.password)
        let renewed =
            fits && expected.isOutdated
            ? try passwords.hash(asked.password, try draw(PasswordHash.saltLength)) : expected
        return try place.store.write { transaction in
            // What was changed while the password was looked at counts.
            guard fits, var account = try account(asked.user, transaction), account.password == expected,
                try !roles(of: account.user, transaction).isEmpty
            else { return try guessed(asked, transaction) }
            account.password = renewed
            if let refused = try secondProof(asked, &account, transaction) { return refused }
            try put(account, transaction)
            try transaction.deleteLocal(.guesses, Self.guessKey(asked.user))
            return .entered(try begin(account.user, asked.browser, transaction))
        }
    }

    /// Looks at the password of somebody who is signed in; nil: it is right.
    ///
    /// Guesses are counted as at the door.
    package func prove(_ asked: Asked) throws -> Answer? {
        let (waits, found) = try place.store.read { (try waitsUntil(asked, $0), try account(asked.user, $0)) }
        if let until = waits { return .waits(until: until) }
        guard let password = found?.password, try passwords.fits(password, asked.password) else {
            return try place.store.write { try guessed(asked, $0) }
        }
        try place.store.write { try $0.deleteLocal(.guesses, Self.guessKey(asked.user)) }
        return nil
    }

    /// Looks at the second proof, where there is one; nil: it is right, or none is wanted.
    private func secondProof(
        _ asked: Asked,
        _ account: inout Account,
        _ transaction: any StoreTransaction
    ) throws -> Answer? {
        guard var authenticator = account.authenticator else { return nil }
        if asked.code.isEmpty { return .codeWanted }
        if let code = OneTimeCode(typed: asked.code) {
            guard let place = account.recovery.firstIndex(of: code.hash) else { return try guessed(asked, transaction) }
            account.recovery.remove(at: place)
            try audit(.recoveryUsed, of: account.user, by: account.user, transaction)
            return nil
        }
        let verdict = try OneTimePassword(secret: authenticator.secret)
            .judge(asked.code, at: now, last: authenticator.last)
        switch verdict {
        case .accepted(let step):
            authenticator.last = step
            account.authenticator = authenticator
            return nil
        case .used:
            _ = try guessed(asked, transaction)
            return .codeUsed
        case .clocksApart(let seconds):
            _ = try guessed(asked, transaction)
            return .clocksApart(seconds: seconds)
        case .wrong: return try guessed(asked, transaction)
        }
    }

    // MARK: guessing

    /// Names that nobody has are counted like the others, by their hash: the list says of nobody that they have an account.
    private static func guessKey(_ user: String) -> String { "user/" + SHA256.hash(Array(user.utf8)).hex.prefix(32) }
    private static func addressKey(_ address: String) -> String {
        "address/" + SHA256.hash(Array(address.utf8)).hex.prefix(32)
    }

    private func waitsUntil(_ asked: Asked, _ reading: any StoreReading) throws -> Int64? {
        let (delay, bucket) = try guesses(asked, reading)
        return [delay.waitsUntil(at: now), bucket.waitsUntil(at: now)].compactMap(\.self).max()
    }

    private func guesses(_ asked: Asked, _ reading: any StoreReading) throws -> (GuessDelay, GuessBucket) {
        var delay = GuessDelay(), bucket = GuessBucket()
        if let json = try reading.local(.guesses, Self.guessKey(asked.user))?.json() {
            delay = GuessDelay(wrong: Int(json["wrong"]?.integer ?? 0), last: json["last"]?.integer ?? 0)
        }
        if let json = try reading.local(.guesses, Self.addressKey(asked.browser.address))?.json() {
            bucket = GuessBucket(emptyAt: json["emptyAt"]?.integer ?? 0)
        }
        return (delay, bucket)
    }

    /// Notes a wrong guess about the name and from the address.
    private func guessed(_ asked: Asked, _ transaction: any StoreTransaction) throws -> Answer {
        var (delay, bucket) = try guesses(asked, transaction)
        delay.guessedWrong(at: now)
        bucket.guessedWrong(at: now)
        let ofUser: JSON = ["wrong": .integer(Int64(min(delay.wrong, 1_000))), "last": .integer(delay.last)]
        let ofAddress: JSON = ["emptyAt": .integer(bucket.emptyAt)]
        let until = now + AccessLimits.guesses
        for (key, json) in [
            (Self.guessKey(asked.user), ofUser), (Self.addressKey(asked.browser.address), ofAddress),
        ] {
            try transaction.putLocal(LocalRecord(.guesses, key, until: until, bytes: json.canonicalBytes()))
        }
        try sweep(transaction)
        return .wrong
    }
}
