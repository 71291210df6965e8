import Appeals
import CanonicalJSON
import Cryptography
package import Replication

/// What a program may that somebody gave a token.
package struct TokenScope: Sendable, Equatable {
    /// Whether it may act; reading it always may.
    package let acts: Bool
    /// Names of the table's rows that it may run; empty: all that the person may.
    package let rows: [String]
    /// Ids of the departments whose appeals it may see and act on; empty: all that the person may.
    package let departments: [String]

    package init(acts: Bool, rows: [String] = [], departments: [String] = []) {
        self.acts = acts
        self.rows = rows
        self.departments = departments
    }

    /// Whether it covers a row of the table.
    package func covers(_ row: UseCase) -> Bool {
        (rows.isEmpty || rows.contains(row.name)) && (acts || row.lane == .reading)
            && (departments.isEmpty || row.isOfDepartments)
    }
}

extension UseCase {
    /// Whether what it tells or does is of single appeals, or of the directory, which whoever comes in may read: what the node
    /// tells of itself counts the appeals of all departments.
    package var isOfDepartments: Bool {
        // What an administrator decides of a suspended appeal is decided for all.
        if writes.standing == .administrator { return false }
        if operands.contains(where: { $0.isRequired && ($0.type == .appeal || $0.type == .disagreement) }) {
            return true
        }
        return lane == .reading && Self.ofDepartments.contains(name)
    }

    private static let ofDepartments: Set<String> = [
        "appeal list", "work", "conflict list", "department list", "person list", "person show", "role list",
        "calendar show", "deadline explain", "street list", "street show",
    ]
}

/// A key for a program, in the name of a person, as the node keeps it: by the hash of its secret.
package struct AccessToken: Sendable, Equatable {
    package let hash: String
    package let user: String
    /// What its owner calls it.
    package let name: String
    package let scope: TokenScope
    /// In which it acts; nil: as the person would without choosing.
    package let role: String?
    /// Unix milliseconds.
    package let made: Int64
    package let until: Int64
    /// Whether it was made, or confirmed, since the node's store was last restored.
    package let isConfirmed: Bool

    /// As it is kept, confirmed under this key.
    func record(era: String) -> LocalRecord {
        var object: JSONObject = [
            "user": .string(user), "name": .string(name), "acts": .bool(scope.acts),
            "rows": .array(scope.rows.map(JSON.string)), "made": .integer(made), "era": .string(era),
            "departments": .array(scope.departments.map(JSON.string)),
        ]
        object["role"] = role.map(JSON.string)
        return LocalRecord(.token, hash, until: until, bytes: JSON.object(object).canonicalBytes())
    }
}

extension AccessToken {
    /// Throws `.corrupt` for what is no token.
    init(_ record: LocalRecord, era: String?) throws {
        let json = try record.json()
        guard let user = json["user"]?.string, let made = json["made"]?.integer, let acts = json["acts"]?.bool else {
            throw record.unreadable
        }
        self.init(
            hash: record.key,
            user: user,
            name: json["name"]?.string ?? "",
            scope: TokenScope(
                acts: acts,
                rows: (json["rows"]?.array ?? []).compactMap(\.string),
                departments: (json["departments"]?.array ?? []).compactMap(\.string)
            ),
            role: json["role"]?.string,
            made: made,
            until: record.until,
            isConfirmed: era != nil && json["era"]?.string == era
        )
    }
}

extension Access {
    /// What a token begins with, so that one that was lost is known by its look.
    package static let tokenPrefix = "kt_"

    /// Makes a token of a person; its secret is told this once.
    ///
    /// Refused: `wrongScope` for a row or a department that there is not, or a role that the person does not have;
    /// `tooManyTokens`.
    package func makeToken(
        _ name: String,
        _ scope: TokenScope,
        role: String?,
        of user: String
    ) throws -> (secret: String, token: AccessToken) {
        try place.store.write { transaction in
            if let row = scope.rows.first(where: { name in !UseCase.all.contains { $0.name == name } }) {
                throw DeskError.usage("wrongScope", uk: "немає дії «\(row)»", en: "there is no act \"\(row)\"")
            }
            if let department = try scope.departments.first(where: { id in
                try !Names.isIdentifier(id) || desk.entry("department/" + id, transaction) == nil
            }) {
                throw DeskError.usage(
                    "wrongScope",
                    uk: "немає підрозділу «\(department)»",
                    en: "there is no department \"\(department)\""
                )
            }
            if let role, try !roles(of: user, transaction).contains(role) {
                throw DeskError.usage("wrongScope", uk: "немає ролі «\(role)»", en: "there is no role \"\(role)\"")
            }
            guard try tokens(of: user, transaction).count < AccessLimits.tokens else {
                throw DeskError(
                    .permission,
                    "tooManyTokens",
                    uk: "ключів уже \(AccessLimits.tokens); спершу скасуйте зайвий",
                    en: "there are \(AccessLimits.tokens) tokens already; end one first"
                )
            }
            let secret = try draw(Self.secretLength)
            let token = AccessToken(
                hash: SHA256.hash(secret).hex,
                user: user,
                name: String(name.prefix(AccessLimits.label)),
                scope: scope,
                role: role,
                made: now,
                until: now + AccessLimits.token,
                isConfirmed: true
            )
            try transaction.putLocal(token.record(era: Self.era(try keyForWriting(transaction))))
            try audit(.tokenMade, of: user, by: user, transaction)
            return (Self.tokenPrefix + Hex.encode(secret), token)
        }
    }

    /// A person's tokens whose time is not up, in the order of their hashes.
    package func tokens(of user: String, _ reading: any StoreReading) throws -> [AccessToken] {
        let era = try key(reading).map(Self.era)
        var found: [AccessToken] = [], after = ""
        while true {
            let page = try reading.locals(.token, beginning: "", after: after, limit: AccessLimits.page)
            found += try page.map { try AccessToken($0, era: era) }.filter { $0.user == user && now < $0.until }
            guard page.count == AccessLimits.page, let last = page.last else { return found }
            after = last.key
        }
    }

    /// Whom a token stands for; nil for a foreign one, one whose time is up, one that a restore left unconfirmed.
    package func person(ofToken secret: String) throws -> AccessPerson? {
        guard secret.hasPrefix(Self.tokenPrefix),
            let bytes = Hex.decode(String(secret.dropFirst(Self.tokenPrefix.count))), bytes.count == Self.secretLength
        else { return nil }
        return try place.store.read { reading in
            guard let record = try reading.local(.token, SHA256.hash(bytes).hex) else { return nil }
            let token = try AccessToken(record, era: try key(reading).map(Self.era))
            guard token.isConfirmed, now < token.until, let account = try account(token.user, reading),
                account.password != nil
            else { return nil }
            if let role = token.role, try !roles(of: token.user, reading).contains(role) { return nil }
            return try person(account, role: token.role, via: .token, hash: token.hash, token: token.scope, reading)
        }
    }

    /// Ends a token of a person; false if there is none whose hash begins so.
    @discardableResult
    package func endToken(_ hash: String, of user: String) throws -> Bool {
        try place.store.write { transaction in
            guard let token = try token(hash, of: user, transaction) else { return false }
            try transaction.deleteLocal(.token, token.hash)
            try audit(.tokenEnded, of: user, by: user, transaction)
            return true
        }
    }

    /// Lets a token in again that was there before a restore; false if there is none whose hash begins so.
    @discardableResult
    package func confirmToken(_ hash: String, of user: String) throws -> Bool {
        try place.store.write { transaction in
            guard let token = try token(hash, of: user, transaction) else { return false }
            try transaction.putLocal(token.record(era: Self.era(try keyForWriting(transaction))))
            try audit(.tokenConfirmed, of: user, by: user, transaction)
            return true
        }
    }

    private func token(_ hash: String, of user: String, _ reading: any StoreReading) throws -> AccessToken? {
        guard hash.utf8.count >= 16 else { return nil }
        return try tokens(of: user, reading).first { $0.hash.hasPrefix(hash) }
    }
}
