package import Appeals
import CanonicalJSON
package import Replication

/// What happened to somebody's access at this node: a line of a list that is never replicated.
package struct AuditLine: Sendable, Equatable {
    package enum Act: String, CaseIterable, Sendable {
        case firstAccount, invited, accepted, resetGiven, resetUsed, passwordChanged
        case secondProofSet, secondProofRemoved, recoveryUsed, recoveryRenewed
        case sessionEnded, sessionsEnded, tokenMade, tokenEnded, tokenConfirmed

        package var label: Label {
            switch self {
            case .firstAccount: Label(uk: "Створено перший обліковий запис", en: "The first account was made")
            case .invited: Label(uk: "Запрошено", en: "Invited")
            case .accepted: Label(uk: "Запрошення прийнято", en: "The invitation was accepted")
            case .resetGiven: Label(uk: "Доступ скинуто", en: "Access was reset")
            case .resetUsed: Label(uk: "Задано новий пароль після скидання", en: "A new password after the reset")
            case .passwordChanged: Label(uk: "Змінено пароль", en: "The password was changed")
            case .secondProofSet: Label(uk: "Увімкнено другий доказ", en: "The second proof was set up")
            case .secondProofRemoved: Label(uk: "Вимкнено другий доказ", en: "The second proof was removed")
            case .recoveryUsed: Label(uk: "Використано запасний код", en: "A recovery code was used")
            case .recoveryRenewed: Label(uk: "Видано нові запасні коди", en: "New recovery codes were made")
            case .sessionEnded: Label(uk: "Завершено сеанс", en: "A session was ended")
            case .sessionsEnded: Label(uk: "Завершено всі сеанси", en: "All sessions were ended")
            case .tokenMade: Label(uk: "Видано ключ для програми", en: "A token was made")
            case .tokenEnded: Label(uk: "Скасовано ключ для програми", en: "A token was ended")
            case .tokenConfirmed:
                Label(uk: "Підтверджено ключ після відновлення", en: "A token was confirmed after a restore")
            }
        }
    }

    /// Names the line, and its place in time.
    package let key: String
    /// Unix milliseconds.
    package let at: Int64
    package let act: Act
    /// Whose access it is, by id.
    package let user: String
    /// The id of who did it; empty for the owner of the directory.
    package let by: String

    /// Throws `.corrupt` for what is no line of the list.
    init(_ record: LocalRecord) throws {
        let json = try record.json()
        guard let at = json["at"]?.integer, let act = json["act"]?.string.flatMap(Act.init),
            let user = json["user"]?.string, let by = json["by"]?.string
        else { throw record.unreadable }
        (key, self.at, self.act, self.user, self.by) = (record.key, at, act, user, by)
    }
}

extension Access {
    /// Later lines come first: their keys count down from the greatest time.
    private static let greatest: Int64 = 1 << 53

    private func key(_ number: Int, _ at: Int64) -> String {
        Digits.fixed(Self.greatest - at, to: 16) + Digits.fixed(9_999 - number, to: 4)
    }

    /// Adds a line to the list, in the transaction of what it tells.
    func audit(_ act: AuditLine.Act, of user: String, by: String, _ transaction: any StoreTransaction) throws {
        let at = now
        let time = String(key(0, at).prefix(16))
        let number = try transaction.localCount(.audit, beginning: time, limit: 9_999)
        let json: JSON = [
            "at": .integer(at), "act": .string(act.rawValue), "user": .string(user), "by": .string(by),
        ]
        try transaction.putLocal(
            LocalRecord(.audit, key(number, at), until: at + AccessLimits.audit, bytes: json.canonicalBytes())
        )
    }

    /// A page of the list, the newest first, after a key; of one person, or of all.
    package func auditLines(
        of user: String? = nil,
        after: String = "",
        limit: Int,
        _ reading: any StoreReading
    ) throws -> [AuditLine] {
        var found: [AuditLine] = [], after = after
        while found.count < limit {
            let page = try reading.locals(.audit, beginning: "", after: after, limit: AccessLimits.page)
            found += try page.map(AuditLine.init).filter { user == nil || $0.user == user }
            guard page.count == AccessLimits.page, let last = page.last else { break }
            after = last.key
        }
        return Array(found.prefix(limit))
    }
}
