import Appeals
import CanonicalJSON
import Desk
import Replication

/// `node wiped`: the second half of a revocation, somebody's word that the copy on that machine is gone.
extension Commands {
    static let nodeWiped = Command(
        "node wiped",
        uk: "Засвідчити, що копію зі скасованим ключем знищено (Центр)",
        en: "Say that the copy of a revoked key is destroyed (the office)",
        operands: [.required("node", "ID", uk: "чия копія", en: "whose copy")],
        options: [
            .actor,
            .text("key", "HEX", uk: "початок ключа, якщо копій кілька", en: "how the key begins, if there are several"),
        ],
        example: "kartoteka node wiped zhkg --as admin"
    ) { call in
        try call.requireOffice()
        _ = try call.administrator()
        let node = try call.required("node")
        let prefix = (call.text("key") ?? "").lowercased()
        switch try call.context.store.write({
            try call.context.admissions.wiped(node, key: prefix, $0, now: call.now)
        }) {
        case .nothing: throw nothingToWipe(node)
        case .several(let keys): throw severalCopies(node, keys)
        case .done(let key):
            return CommandResult(
                ["node": .string(node), "key": .string(key), "state": "wiped"],
                text: call.say(
                    "Засвідчено: копію вузла «\(node)» з ключем \(key.prefix(8)) знищено. Далі: kartoteka sync debts",
                    "Noted: the copy of \"\(node)\" with the key \(key.prefix(8)) is destroyed. Next: kartoteka sync debts"
                )
            )
        }
    }

    private static func nothingToWipe(_ node: String) -> DeskError {
        DeskError(
            .notFound,
            "noCopy",
            uk: "за вузлом «\(node)» немає такої копії, яку треба знищити",
            en: "there is no such copy of \"\(node)\" to be destroyed",
            remedy: Label(
                uk: "Які є: kartoteka sync debts --kind revocation",
                en: "Which there are: kartoteka sync debts --kind revocation"
            )
        )
    }

    private static func severalCopies(_ node: String, _ keys: [String]) -> DeskError {
        let shown = keys.prefix(3).map { String($0.prefix(8)) }.joined(separator: ", ")
        return DeskError(
            .usage,
            "severalCopies",
            uk: "копій вузла «\(node)» кілька: \(shown)",
            en: "\"\(node)\" has several copies: \(shown)",
            remedy: Label(
                uk: "Назвіть одну: kartoteka node wiped \(node) --key HEX --as USER",
                en: "Name one: kartoteka node wiped \(node) --key HEX --as USER"
            )
        )
    }
}
