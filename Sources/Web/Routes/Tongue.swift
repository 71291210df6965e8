import Appeals

/// In which language somebody is answered.
enum Tongue {
    /// The cookie that remembers what was chosen in this browser; it says nothing of anybody.
    static let cookie = "lang"
    private static let year = 31_536_000

    /// What the address asks for, else what was chosen before, else what the browser prefers, else the node's own.
    static func language(of request: WebRequest, else own: Language) -> Language {
        chosen(in: request) ?? request.cookie(cookie).flatMap(Language.init(rawValue:))
            ?? Language.asked(request.header("accept-language"), or: own)
    }

    /// `?lang=en`.
    static func chosen(in request: WebRequest) -> Language? {
        request.parameter("lang").flatMap(Language.init(rawValue:))
    }

    /// The header that keeps the choice.
    static func keeping(_ language: Language, isSecure: Bool) -> (String, String) {
        let attributes = "; Path=/; Max-Age=\(year); SameSite=Strict; HttpOnly" + (isSecure ? "; Secure" : "")
        return ("set-cookie", "\(cookie)=\(language.rawValue)\(attributes)")
    }
}
