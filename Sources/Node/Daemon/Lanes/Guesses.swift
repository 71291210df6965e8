/// Wrong invitations of each address (IPv6: of each /64) in the last minute, to answer and to log only some.
struct Guesses {
    /// Wrong invitations a minute that are answered as such.
    static let limit = 5
    static let window: Int64 = 60_000
    /// Addresses that are remembered at most; with more the oldest window goes.
    static let addresses = 1_024

    var count: Int { windows.count }
    private var windows: [String: (count: Int, since: Int64)] = [:]

    /// Whether this one is within the limit; `now` in monotonic milliseconds.
    mutating func isFirst(from address: String, now: Int64) -> Bool {
        let network = Self.network(address)
        var window = windows[network] ?? (0, now)
        if now - window.since >= Self.window { window = (0, now) }
        window.count += 1
        if windows[network] == nil, windows.count >= Self.addresses { makeRoom(now: now) }
        windows[network] = window
        return window.count <= Self.limit
    }

    private mutating func makeRoom(now: Int64) {
        windows = windows.filter { now - $0.value.since < Self.window }
        if windows.count >= Self.addresses, let oldest = windows.min(by: { $0.value.since < $1.value.since }) {
            windows[oldest.key] = nil
        }
    }

    /// The address itself, or the first four groups of IPv6.
    static func network(_ address: String) -> String {
        let colons = address.utf8.indices.filter { address.utf8[$0] == UInt8(ascii: ":") }
        guard colons.count >= 4, !address.contains("."), !address.prefix(upTo: colons[3]).contains("::") else {
            return address
        }
        return String(address[..<colons[3]])
    }
}
