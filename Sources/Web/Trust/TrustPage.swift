/// How a telephone or a computer is taught to trust the node; open to anybody, since nobody can sign in before.
enum TrustPage {
    static let certificatePath = "/trust/kartoteka.crt"

    static let routes = [
        Route("GET", "/trust", entry: .open, page), Route("GET", certificatePath, entry: .open, certificate),
    ]

    /// As devices know it by its type and its ending.
    private static func certificate(_ call: WebCall) -> WebReply {
        guard let trust = call.site.trust() else { return nothing(call) }
        return WebReply(
            status: 200,
            contentType: "application/x-x509-ca-cert",
            headers: [("content-disposition", "attachment; filename=\"kartoteka-\(call.site.node).crt\"")],
            body: trust.certificate
        )
    }

    private static func nothing(_ call: WebCall) -> WebReply {
        let title = call.say("Довіряти нема чому", "There is nothing to trust")
        return call.page(title, status: 404) {
            tag("h1") { title }
            tag("p") {
                call.say(
                    "Цей вузол не має власного засвідчувача: його відкривають лише на одному комп’ютері, або сертифікат видав хтось інший.",
                    "This node has no authority of its own: it is opened on one computer alone, or somebody else issued its certificate."
                )
            }
        }
    }

    private static func page(_ call: WebCall) -> WebReply {
        guard let trust = call.site.trust() else { return nothing(call) }
        let title = call.say("Навчити пристрій довіряти вузлу", "Teach a device to trust the node")
        return call.page(title) {
            tag("h1") { title }
            tag("p") {
                call.say(
                    "Засвідчувач цього вузла може посвідчити лише сам вузол: інших сайтів він підробити не здатен.",
                    "The authority of this node can vouch for this node alone: it cannot pretend to be any other site."
                )
            }
            tag("h2") { call.say("1. Порівняйте відбиток", "1. Compare the fingerprint") }
            tag("p") {
                call.say(
                    "Той самий відбиток показує на комп’ютері вузла команда kartoteka web trust. Якщо вони різні – зупиніться.",
                    "The command kartoteka web trust on the node’s computer shows the same fingerprint. If they differ, stop."
                )
            }
            tag("p") { tag("code", ["class": "fingerprint"]) { grouped(trust.fingerprint) } }
            tag("h2") { call.say("2. Завантажте сертифікат", "2. Download the certificate") }
            tag("p") {
                tag("a", ["href": certificatePath, "class": "btn"]) {
                    call.say("Завантажити сертифікат", "Download the certificate")
                }
            }
            tag("h2") { call.say("3. Встановіть його", "3. Install it") }
            devices(call)
            tag("h2") { call.say("Інший пристрій", "Another device") }
            qrCode(address(call), title: call.say("Адреса цієї сторінки", "The address of this page"))
        }
    }

    private static func address(_ call: WebCall) -> String {
        (call.request.isSecure ? "https://" : "http://") + (call.request.header("host") ?? "") + "/trust"
    }

    private static func grouped(_ hex: String) -> String {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }

    private static func devices(_ call: WebCall) -> Markup {
        Markup(
            steps.map { device in
                tag("section") {
                    tag("h3") { call.say(device.name.uk, device.name.en) }
                    tag("ol") { device.steps.map { step in tag("li") { call.say(step.uk, step.en) } } }
                }
            }
        )
    }

    private typealias Words = (uk: String, en: String)

    private static let steps: [(name: Words, steps: [Words])] = [
        (
            ("Android", "Android"),
            [
                (
                    "Налаштування → Безпека → Інші налаштування безпеки → Встановити сертифікат → Сертифікат ЦС.",
                    "Settings → Security → More security settings → Install a certificate → CA certificate."
                ),
                (
                    "Підтвердьте попередження й виберіть завантажений файл.",
                    "Confirm the warning and choose the downloaded file."
                ),
            ]
        ),
        (
            ("iPhone, iPad", "iPhone, iPad"),
            [
                (
                    "Відкрийте цю сторінку в Safari, завантажте сертифікат і дозвольте завантаження профілю.",
                    "Open this page in Safari, download the certificate and allow the profile."
                ),
                (
                    "Параметри → Загальні → VPN і керування пристроєм → профіль Kartoteka → Встановити.",
                    "Settings → General → VPN & Device Management → the Kartoteka profile → Install."
                ),
                (
                    "Параметри → Загальні → Про пристрій → Довіра до сертифікатів: увімкніть повну довіру для Kartoteka.",
                    "Settings → General → About → Certificate Trust Settings: switch full trust on for Kartoteka."
                ),
            ]
        ),
        (
            ("Windows", "Windows"),
            [
                (
                    "Двічі клацніть завантажений файл → Інсталювати сертифікат → Поточний користувач.",
                    "Double-click the downloaded file → Install Certificate → Current User."
                ),
                (
                    "Помістити всі сертифікати в таке сховище → Довірені кореневі центри сертифікації. Перезапустіть браузер.",
                    "Place all certificates in the following store → Trusted Root Certification Authorities. Restart the browser."
                ),
            ]
        ),
        (
            ("Debian", "Debian"),
            [
                (
                    "sudo cp kartoteka-*.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates – для програм.",
                    "sudo cp kartoteka-*.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates – for programs."
                ),
                (
                    "Chromium: Налаштування → Конфіденційність і безпека → Безпека → Керувати сертифікатами → Центри сертифікації → Імпортувати.",
                    "Chromium: Settings → Privacy and security → Security → Manage certificates → Authorities → Import."
                ),
                (
                    "Firefox: Налаштування → Приватність і захист → Переглянути сертифікати → Центри сертифікації → Імпортувати.",
                    "Firefox: Settings → Privacy & Security → View Certificates → Authorities → Import."
                ),
            ]
        ),
    ]
}
