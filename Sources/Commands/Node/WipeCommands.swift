import Appeals
import CanonicalJSON
import Desk
import Replication

/// `node wiped`: the second half of a revocation, somebody's word that the copy on that machine is gone.
extension Commands {
    static let nodeWiped = Command(.nodeWiped) { call in
        let node = try call.required("node")
        let prefix = (call.text("key") ?? "").lowercased()
        let key = try call.acting().noteWiped(node, key: prefix, call.context.admissions)
        return CommandResult(
            ["node": .string(node), "key": .string(key), "state": "wiped"],
            text: call.say(
                "Засвідчено: копію вузла «\(node)» з ключем \(key.prefix(8)) знищено. Далі: kartoteka sync debts",
                "Noted: the copy of \"\(node)\" with the key \(key.prefix(8)) is destroyed. Next: kartoteka sync debts"
            )
        )
    }
}
