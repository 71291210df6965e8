package import Accounts
import Appeals
import CanonicalJSON
import Replication

/// Somebody signed in at one browser, as the node keeps it: by the keyed hash of the session's secret.
package struct AccessSession: Sendable, Equatable {
    /// 64 hexadecimal digits; the first 16 stand in every operation of the session.
    package let hash: String
    package let user: String
    package var session: Session
    /// The role that the person chose; nil if they chose none.
    package var role: String?
    /// From where it began.
    package let address: String
    /// What the browser said of itself.
    package let browser: String

    init(hash: String, user: String, began: Int64, used: Int64? = nil, address: String, browser: String) {
        self.hash = hash
        self.user = user
        session = Session(began: began, used: used)
        self.address = String(address.prefix(AccessLimits.label))
        self.browser = String(browser.prefix(AccessLimits.label))
    }

    var record: LocalRecord {
        var object: JSONObject = [
            "user": .string(user), "began": .integer(session.began), "used": .integer(session.used),
            "address": .string(address), "browser": .string(browser),
        ]
        object["role"] = role.map(JSON.string)
        let until = min(session.used + Session.idle, session.began + Session.longest)
        return LocalRecord(.session, hash, until: until, bytes: JSON.object(object).canonicalBytes())
    }

    /// Throws `.corrupt` for what is no session.
    init(_ record: LocalRecord) throws {
        let json = try record.json()
        guard let user = json["user"]?.string, let began = json["began"]?.integer, let used = json["used"]?.integer
        else { throw record.unreadable }
        self.init(
            hash: record.key,
            user: user,
            began: began,
            used: used,
            address: json["address"]?.string ?? "",
            browser: json["browser"]?.string ?? ""
        )
        role = json["role"]?.string
    }
}
