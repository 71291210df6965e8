/// What people call the browser that a session began in, of what it said of itself.
struct BrowserWords {
    private let said: String

    init(_ said: String) { self.said = said }

    // The first that fits: browsers call themselves by the names of older ones too.
    private static let browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome")]
    private static let systems = [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ]

    /// `Firefox, Windows`; what is no browser that we know stays as it called itself.
    func told(_ call: WebCall) -> String {
        if said.isEmpty { return call.say("Невідома програма", "Unknown program") }
        let known = Self.browsers.first { said.contains($0.0) }?.1
        guard let browser = known ?? (said.contains("Safari/") ? "Safari" : nil) else { return said }
        let system = Self.systems.first { said.contains($0.0) }?.1
        return [browser, system].compactMap(\.self).joined(separator: ", ")
    }
}
