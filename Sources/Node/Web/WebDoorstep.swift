import Accounts
package import Appeals
import CanonicalJSON
import Cryptography
import Desk
import Glibc

/// What a person at this machine needs to get from the terminal into the browser.
///
/// Asks the running node where it is reached, and carries the code of the first run: never in an argument of a program,
/// which others on the machine can see, but in a page of the data directory.
package struct WebDoorstep {
    private let directory: DataDirectory
    private let configuration: NodeConfiguration
    private static let doing = Label(uk: "відкриття вузла в браузері", en: "opening the node in a browser")

    /// Throws what reading the configuration throws, and `failed` where browsers are switched off.
    package init(_ path: String) throws {
        directory = DataDirectory(path)
        try directory.check()
        configuration = try NodeConfiguration.read(directory.configuration)
        guard configuration.web.isEnabled else {
            throw NodeError(
                .configuration,
                doing: Self.doing,
                found: Label(
                    uk: "у kartoteka.conf стоїть web.enabled = no",
                    en: "kartoteka.conf says web.enabled = no"
                ),
                remedy: Label(
                    uk: "Напишіть enabled = yes під [web] і запустіть вузол знову",
                    en: "Write enabled = yes under [web] and start the node again"
                )
            )
        }
    }

    /// Where the running node is reached; throws `unreachable` if it does not run, `failed` if its port is not open.
    package func address() throws -> String {
        guard LocalClient.isServed(directory.path) else {
            throw NodeError(
                .unreachable,
                doing: Self.doing,
                found: Label(uk: "вузол не запущено", en: "the node does not run"),
                remedy: Label(
                    uk: "Запустіть: kartoteka serve --data \(directory.path)",
                    en: "Start it: kartoteka serve --data \(directory.path)"
                )
            )
        }
        let web = try [Language.ukrainian, .english].map { language in
            try LocalClient.call(
                directory: directory.path,
                command: "sync status",
                arguments: ["lang": .string(language.rawValue)]
            )["json"]?["link"]?["web"]
        }
        if let address = web[0]?["address"]?.string { return address }
        let port = configuration.web.port
        throw NodeError(
            .failed,
            doing: Self.doing,
            found: Label(uk: "порт \(port) не відкрито: ", en: "port \(port) is not open: ")
                + Label(uk: web[0]?["obstacle"]?.string ?? "?", en: web[1]?["obstacle"]?.string ?? "?"),
            remedy: Label(
                uk:
                    "Звільніть порт, і вузол сам відкриє його за кілька секунд, або впишіть інший: web.port у kartoteka.conf",
                en:
                    "Free the port, and the node opens it within seconds, or write another one: web.port in kartoteka.conf"
            )
        )
    }

    /// The same; nil where it is not open.
    package var openAddress: String? {
        do { return try address() } catch { return nil }
    }

    /// Whether nobody has an account yet.
    package var isFirstRun: Bool { Files.exists(directory.startCode) }

    /// Writes the page that leads to the first run with its code in the fragment, which no browser sends to anybody; gives
    /// its path, nil if somebody has an account already.
    package func writeStartPage(_ address: String) throws -> String? {
        guard let code = try StartCode.read(directory.startCode) else { return nil }
        return try Self.write(startPage: directory, "\(address)/first-run#\(code.text)")
    }

    /// Writes a page that leads on to a place; gives its path.
    static func write(startPage directory: DataDirectory, _ place: String) throws -> String {
        // Digits, capitals and hyphens, and an address of our own making: nothing to escape.
        let page = """
            <!DOCTYPE html><html lang="uk"><head><meta charset="utf-8"><title>Картотека</title>
            <meta name="referrer" content="same-origin"><meta http-equiv="refresh" content="0; url=\(place)"></head>
            <body><p><a href="\(place)">Перейти до першого запуску · Go on to the first run</a></p></body></html>

            """
        try Files.write(directory.startPage, Array(page.utf8), doing: doing)
        return directory.startPage
    }

    /// Takes the page away again; nothing if there is none.
    package func removeStartPage() { Files.remove(directory.startPage) }

    // MARK: trust

    /// Why no browser has to be taught anything; nil if it has to.
    package var needsNoTrust: Label? {
        if configuration.web.isPlain {
            return Label(
                uk: "Вузол відкривають лише на цьому комп’ютері (\(configuration.web.address)): довіряти нема чому.",
                en:
                    "The node is opened on this computer alone (\(configuration.web.address)): there is nothing to trust."
            )
        }
        guard let certificate = configuration.web.certificate else { return nil }
        return Label(
            uk: "Сертифікат для браузерів узято з файла \(certificate): пристрої мають довіряти тому, хто його видав.",
            en: "The certificate for browsers is the file \(certificate): devices must trust whoever issued it."
        )
    }

    package var authority: WebAuthority { WebAuthority(directory, configuration) }
    package var authorityFile: String { directory.webAuthority }
}
