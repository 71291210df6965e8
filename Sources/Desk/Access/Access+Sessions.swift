import Accounts
package import Appeals
import Cryptography
package import Replication

/// Sessions: begun, found by their secret, listed, ended.
extension Access {
    /// Bytes of a session's secret.
    package static let secretLength = 32

    /// Where somebody signs in.
    package struct Browser: Sendable, Equatable {
        /// Of the peer, without its port.
        package let address: String
        /// What it says of itself.
        package let name: String

        package init(address: String, name: String) {
            self.address = address
            self.name = name
        }
    }

    /// A session that began: its secret, which nobody is told again.
    package struct Begun: Sendable, Equatable {
        /// 64 hexadecimal digits: what the cookie carries.
        package let secret: String
        package let session: AccessSession
    }

    /// The keyed hash under which a session is kept; nil unless it is a secret.
    private static func hash(_ secret: String, _ key: [UInt8]) throws -> String? {
        guard let bytes = Hex.decode(secret), bytes.count == secretLength else { return nil }
        return Hex.encode(try HMAC.of(bytes, key: key, hash: .sha256))
    }

    /// What proves, beside the cookie, that a page of the session asks: the node makes it of the secret and of its own key, so
    /// that who has the cookie alone does not have it.
    ///
    /// Nil where no session can be.
    package func second(of secret: String) throws -> String? {
        guard let key = try place.store.read({ try self.key($0) }), let bytes = Hex.decode(secret) else { return nil }
        return Hex.encode(try HMAC.of(Array("second".utf8) + bytes, key: key, hash: .sha256))
    }

    func begin(_ user: String, _ browser: Browser, _ transaction: any StoreTransaction) throws -> Begun {
        let secret = Hex.encode(try draw(Self.secretLength))
        guard let hash = try Self.hash(secret, keyForWriting(transaction)) else {
            preconditionFailure("a secret that was drawn is one")
        }
        let own = try sessions(of: user, transaction)
        for session in own.dropLast(AccessLimits.sessions - 1) { try transaction.deleteLocal(.session, session.hash) }
        let session = AccessSession(
            hash: hash,
            user: user,
            began: now,
            address: browser.address,
            browser: browser.name
        )
        try transaction.putLocal(session.record)
        try sweep(transaction)
        return Begun(secret: secret, session: session)
    }

    /// Whose session this is; nil for a foreign secret, one that is over, and of somebody who has no role or no account here now.
    ///
    /// - Parameter isUse: whether the person asks; waiting for news does not prolong it.
    package func person(ofSession secret: String, isUse: Bool) throws -> AccessPerson? {
        let found: (session: AccessSession, person: AccessPerson?)? = try place.store.read { reading in
            guard let key = try key(reading), let hash = try Self.hash(secret, key),
                let record = try reading.local(.session, hash)
            else { return nil }
            let session = try session(record)
            guard case .live = session.session.state(at: now), let account = try account(session.user, reading),
                account.password != nil
            else { return (session, nil) }
            return (
                session,
                try person(account, role: session.role, via: .session, hash: session.hash, reading)
            )
        }
        guard let found else { return nil }
        guard let person = found.person else {
            _ = try isWritten { try $0.deleteLocal(.session, found.session.hash) }
            return nil
        }
        if isUse, now - found.session.session.used >= AccessLimits.noted {
            let hash = found.session.hash
            if try isWritten({ try note(hash, $0) }) { uses.forget(hash) } else { uses.remember(hash, at: now) }
        }
        return person
    }

    /// Writes what the next request may write as well; false where the disk has no room: who only looks is let in.
    private func isWritten(_ body: (any StoreTransaction) throws -> Void) throws -> Bool {
        do { try place.store.write(body) } catch let error as StoreError where error.kind == .full { return false }
        return true
    }

    /// Prolongs a session, unless it was ended meanwhile.
    private func note(_ hash: String, _ transaction: any StoreTransaction) throws {
        guard let record = try transaction.local(.session, hash) else { return }
        var session = try session(record)
        session.session.use(at: now)
        try transaction.putLocal(session.record)
    }

    /// A person's sessions that go on, the earliest first.
    package func sessions(of user: String, _ reading: any StoreReading) throws -> [AccessSession] {
        try sessions(reading).filter { $0.user == user }
    }

    /// All sessions that go on, the earliest first.
    package func sessions(_ reading: any StoreReading) throws -> [AccessSession] {
        var found: [AccessSession] = [], after = ""
        while true {
            let page = try reading.locals(.session, beginning: "", after: after, limit: AccessLimits.page)
            found += try page.map(session).filter { $0.session.state(at: now) != .ended }
            guard page.count == AccessLimits.page, let last = page.last else { break }
            after = last.key
        }
        return found.sorted { ($0.session.began, $0.hash) < ($1.session.began, $1.hash) }
    }

    /// Ends one session of a person: the one whose hash begins so; false if there is none.
    @discardableResult
    package func endSession(of user: String, _ hash: String, by: String) throws -> Bool {
        try place.store.write { transaction in
            guard hash.utf8.count >= 16,
                let session = try sessions(of: user, transaction).first(where: { $0.hash.hasPrefix(hash) })
            else { return false }
            try transaction.deleteLocal(.session, session.hash)
            try audit(.sessionEnded, of: user, by: by, transaction)
            return true
        }
    }

    /// Ends all sessions of a person, but the one of this hash; gives how many.
    @discardableResult
    func endSessions(of user: String, but kept: String = "", _ transaction: any StoreTransaction) throws -> Int {
        let ended = try sessions(of: user, transaction).filter { $0.hash != kept }
        for session in ended { try transaction.deleteLocal(.session, session.hash) }
        return ended.count
    }

    /// The session acts in this role from now on; false if the person does not have it.
    package func choose(role: String?, hash: String) throws -> Bool {
        try place.store.write { transaction in
            guard let record = try transaction.local(.session, hash) else { return false }
            var session = try AccessSession(record)
            if let role, try !roles(of: session.user, transaction).contains(role) { return false }
            session.role = role
            try transaction.putLocal(session.record)
            return true
        }
    }

    /// The person reads in this language from now on.
    package func choose(_ language: Language, of user: String) throws {
        try place.store.write { transaction in
            guard var account = try account(user, transaction) else { return }
            account.language = language
            try put(account, transaction)
        }
    }
}
