import Cryptography

/// Who is connected, to hold each to its share.
///
/// On the loop's thread only.
struct ConnectionCensus {
    private(set) var connections: [ObjectIdentifier: Connection] = [:]
    private(set) var handshaking = 0
    private var addresses: [String: Int] = [:]
    private var handshakingAddresses: [String: Int] = [:]
    private var keys: [SHA256Digest: [Connection]] = [:]

    var count: Int { connections.count }

    /// The word for the limit that one more connection from there would break.
    func obstacle(from address: String, limits: ServerLimits, countsAddresses: Bool) -> String? {
        if count >= limits.connections { return "all \(limits.connections) connections are taken" }
        if handshaking >= limits.handshakes { return "\(limits.handshakes) connections wait for their handshake" }
        if address != Connection.local, handshakingAddresses[address, default: 0] >= limits.handshakesPerAddress {
            return "\(limits.handshakesPerAddress) connections of this address wait for their handshake"
        }
        if countsAddresses, addresses[address, default: 0] >= limits.connectionsPerAddress {
            return "this address has \(limits.connectionsPerAddress) connections"
        }
        return nil
    }

    mutating func add(_ connection: Connection) {
        connections[ObjectIdentifier(connection)] = connection
        addresses[connection.address, default: 0] += 1
        handshaking += 1
        handshakingAddresses[connection.address, default: 0] += 1
    }

    mutating func handshakeEnded(_ connection: Connection) {
        handshaking -= 1
        Self.lower(&handshakingAddresses, connection.address)
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
