import Cryptography

/// Counts who is connected, to hold each to its share.
///
/// On the loop's thread only.
struct ConnectionCensus {
    private(set) var connections: [ObjectIdentifier: Connection] = [:]
    private(set) var handshaking = 0
    private var addresses: [String: Int] = [:]
    /// Connections that wait for their handshake, by the network that they come from.
    private var waiting: [String: [Connection]] = [:]
    private var keys: [SHA256Digest: [Connection]] = [:]

    var count: Int { connections.count }

    /// The connection that gives its place to one more from there: handshake places go to whoever speaks.
    ///
    /// Of the network with most handshakes (of the newcomer's own, if that has its share), the one that has been silent
    /// longest. Nil while there are places, or where none of those in their handshake has one to give.
    func yielding(to address: String, limits: ServerLimits) -> Connection? {
        guard address != Connection.local else { return nil }
        let own = waiting[Self.network(of: address)] ?? []
        if own.count >= limits.handshakesPerAddress { return Self.mostSilent(own) }
        guard handshaking >= limits.handshakes || count >= limits.connections else { return nil }
        return waiting.values.max { $0.count < $1.count }.flatMap(Self.mostSilent)
    }

    private static func mostSilent(_ connections: [Connection]) -> Connection? {
        connections.min { $0.lastMoved < $1.lastMoved }
    }

    /// Whose share a connection takes: its address, of IPv6 the first half, since a single machine has all of the second.
    static func network(of address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
        let halves = address.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = { (text: Substring) in text.split(separator: ":").map { String($0) } }
        let first = groups(halves[0])
        let last = halves.count == 2 ? groups(halves[1]) : []
        let zeros = halves.count == 2 ? max(0, 8 - first.count - last.count) : 0
        let all = first + [String](repeating: "0", count: zeros) + last
        return all.prefix(4).joined(separator: ":") + "::/64"
    }

    /// The word for the limit that one more connection from there would break.
    func obstacle(from address: String, limits: ServerLimits, countsAddresses: Bool) -> String? {
        if count >= limits.connections { return "all \(limits.connections) connections are taken" }
        if countsAddresses, addresses[address, default: 0] >= limits.connectionsPerAddress {
            return "this address has \(limits.connectionsPerAddress) connections"
        }
        return nil
    }

    mutating func add(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = connection
        addresses[connection.address, default: 0] += 1
        handshaking += 1
        waiting[connection.network, default: []].append(connection)
    }

    mutating func handshakeEnded(_ connection: Connection) {
        guard var list = waiting[connection.network], let place = list.firstIndex(where: { $0 === connection }) else {
            return
        }
        handshaking -= 1
        list.remove(at: place)
        waiting[connection.network] = list.isEmpty ? nil : list
    }

    func connections(of key: SHA256Digest) -> [Connection] { keys[key] ?? [] }

    mutating func add(_ connection: Connection, key: SHA256Digest) { keys[key, default: []].append(connection) }

    mutating func remove(_ connection: Connection, key: SHA256Digest?) {
        connections[ObjectIdentifier(connection)] = nil
        Self.lower(&addresses, connection.address)
        guard let key, var list = keys[key] else { return }
        list.removeAll { $0 === connection }
        keys[key] = list.isEmpty ? nil : list
    }

    private static func lower(_ counts: inout [String: Int], _ key: String) {
        guard let count = counts[key] else { return }
        counts[key] = count > 1 ? count - 1 : nil
    }
}
