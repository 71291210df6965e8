extension KyivTime {
    /// Whether a text is a moment in RFC 3339 as a clock in Kyiv shows it: with Kyiv's offset of that very moment.
    ///
    /// In October's hour that comes twice both offsets are right, each once.
    static func isKyivs(_ text: String) -> Bool {
        guard let instant = parse(rfc3339: text), let moment = moment(at: instant) else { return false }
        return text.hasSuffix("+0\(moment.offsetHours):00")
    }
}
