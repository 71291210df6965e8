import Appeals
import Transport

/// What `[web]` says: where browsers and programs reach the node, and what they must prove.
package struct WebConfiguration: Sendable, Equatable {
    package var isEnabled = true
    package var address = "127.0.0.1"
    package var port: UInt16 = 8440
    /// Under which browsers ask for the node; the first is the one that it calls itself.
    package var names: [String] = []
    /// Files of a certificate that somebody else made; nil: the node's own authority makes one.
    package var certificate: String?
    package var key: String?
    package var isTOTPForAll = false

    package init() {}

    /// Whether it is served without TLS: what is said then never leaves the machine.
    package var isPlain: Bool { Server.isLoopback(address) }

    /// Names and addresses in the order in which the node names itself; never the address of all interfaces.
    package var ownNames: [String] {
        let isOne = address != "0.0.0.0" && address != "::"
        return names + (isOne && !names.contains(address) ? [address] : [])
    }

    /// What contradicts itself, by key; nil if nothing does.
    var contradiction: (key: String, found: Label, remedy: Label)? {
        guard isEnabled else { return nil }
        if (certificate == nil) != (key == nil) {
            let lacking = certificate == nil ? "web.certificate" : "web.key"
            return (
                lacking, Label(uk: "ключа бракує", en: "the key is missing"),
                Label(
                    uk: "Сертифікат і його ключ задають разом",
                    en: "Give the certificate and its key together"
                )
            )
        }
        guard ownNames.isEmpty else { return nil }
        return (
            "web.names", Label(uk: "ключа бракує", en: "the key is missing"),
            Label(
                uk:
                    "Запишіть назви чи адреси, за якими відкриватимуть вузол. Приклад: names = office.example, 10.0.0.1",
                en:
                    "Write the names or addresses under which the node is opened. Example: names = office.example, 10.0.0.1"
            )
        )
    }
}
