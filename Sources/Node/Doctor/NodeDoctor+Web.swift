import Appeals
import Commands
import Cryptography
import Desk

extension NodeDoctor {
    /// What will keep browsers away: names that the authority does not permit, or a certificate of files that ends.
    static func web(_ node: OpenedNode, now: Int64) -> [Check] {
        let web = node.configuration.web
        guard web.isEnabled, !web.isPlain else { return [] }
        do {
            if let file = web.certificate { return [try certificate(file, now: now)] }
            let lacking = try WebAuthority(node.directory, node.configuration).lacking()
            guard !lacking.isEmpty else { return [] }
            let names = lacking.joined(separator: ", ")
            let found = Label(
                uk:
                    "засвідчувач для браузерів не посвідчує \(names): потрібен новий, і кожен пристрій треба навчити наново",
                en:
                    "the authority for browsers does not permit \(names): it takes a new one, and every device must be taught again"
            )
            return [Check("web", isOK: true, isWarning: true, found: found, fix: "kartoteka web trust --new")]
        } catch {
            return [Check("web", isOK: false, found: Label(cause: error), fix: "kartoteka web trust", exit: .wrongKey)]
        }
    }

    /// Whoever keeps the files renews them: told when less than a third of the time is left.
    private static func certificate(_ path: String, now: Int64) throws -> Check {
        let doing = Label(uk: "читання сертифіката для браузерів", en: "reading the certificate for browsers")
        let certificate = try Certificate.list(pem: Files.read(path, limit: WebCertificate.limit, doing: doing))[0]
        let left = certificate.notAfter - now / 1_000
        return Check(
            "web",
            isOK: left >= min(certificateDays * 86_400, (certificate.notAfter - certificate.notBefore) / 3),
            found: Label(
                uk: "сертифікат для браузерів (\(path)): днів до кінця \(left / 86_400)",
                en: "the certificate for browsers (\(path)) ends in \(left / 86_400) days"
            ),
            fix: "kartoteka web trust",
            exit: .wrongKey
        )
    }

    /// Nothing to tell where papers are drawn, and where nobody works in a browser.
    static func papers(_ node: OpenedNode) -> [Check] {
        guard node.configuration.web.isEnabled, !PaperProgram.beside.isHere else { return [] }
        let path = PaperProgram.beside.path
        let found = Label(
            uk: "програми для паперів (\(path)) немає: папери друкує лише браузер, PDF немає",
            en: "there is no program for papers (\(path)): browsers print them, there is no PDF"
        )
        return [Check("papers", isOK: true, isWarning: true, found: found, fix: "ls -l \(path)")]
    }

    /// The port of a running node; nothing to tell where it is open or switched off.
    static func webPort(_ obstacle: Label?) -> [Check] {
        guard let obstacle else { return [] }
        let found = Label(uk: "порт для браузерів не відкрито: ", en: "the port for browsers is not open: ") + obstacle
        return [Check("webPort", isOK: true, isWarning: true, found: found, fix: "kartoteka open")]
    }
}
