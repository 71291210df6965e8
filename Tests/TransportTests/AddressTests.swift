import Glibc
import Locks
import Testing
import Transport

@Suite("Addresses of both families", .serialized, .enabled(if: Loopback.hasIPv6))
struct AddressTests {
    private func met(_ address: String, as hosts: [String]) throws -> [String] {
        let authority = try TestAuthority()
        let office = try TestOffice(
            .mutualTLS(address: address, port: 0, try authority.material("office"))
        )
        defer { office.stop() }
        let material = try authority.material("roads")
        for host in hosts {
            let client = try HTTPSClient(.node("office", material: material))
            let url = "https://\(host):\(office.server.port)/who"
            #expect(try client.request(method: "GET", url: url, maxBytes: 100).body == Array("roads".utf8))
        }
        return office.handler.seen.withLock { $0.requests.map(\.remoteAddress) }
    }

    @Test("a server at an address of IPv6 is reached there")
    func loopback() throws { #expect(try met("::1", as: ["[::1]"]) == ["::1"]) }

    @Test("a server at :: is reached by both families, and names peers of IPv4 as always")
    func all() throws { #expect(try met("::", as: ["[::1]", "127.0.0.1"]) == ["::1", "127.0.0.1"]) }
}

/// What this machine's loopback offers.
enum Loopback {
    static var hasIPv6: Bool {
        let fd = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard fd >= 0 else { return false }
        defer { close(fd) }
        var place = sockaddr_in6()
        place.sin6_family = sa_family_t(AF_INET6)
        place.sin6_addr = in6addr_loopback
        return withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(fd, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
            }
        }
    }
}
