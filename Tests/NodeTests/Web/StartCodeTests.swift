import Accounts
import Cryptography
import Foundation
import Replication
import Testing

@testable import Node

/// The code that opens the first run of a node.
@Suite("The code of the first run", .serialized)
struct StartCodeTests {
    private func inOffice(_ body: (OpenedNode) throws -> Void) throws {
        let city = try TestCity()
        try city.initializeOffice()
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        try body(node)
    }

    private func hashes(_ node: OpenedNode) throws -> [String] {
        try node.store.read { try $0.locals(.code, beginning: "", after: "", limit: 10) }.map(\.key)
    }

    @Test("init writes it for its owner alone, and the store has its hash")
    func made() throws {
        try inOffice { node in
            let code = try #require(try StartCode.read(node.directory.startCode))
            #expect(try hashes(node) == [code.hash.hex])
            #expect(Files.status(node.directory.startCode).map { $0.mode & 0o777 } == 0o600)
            try StartCode.keep(node)
            #expect(try hashes(node) == [code.hash.hex], "it stays until it is used")
        }
    }

    @Test("a file that is lost, or that the store does not know, is made anew, and the former code opens nothing")
    func lost() throws {
        try inOffice { node in
            let first = try #require(try StartCode.read(node.directory.startCode))
            Files.remove(node.directory.startCode)
            try StartCode.keep(node)
            let second = try #require(try StartCode.read(node.directory.startCode))
            #expect(second != first)
            #expect(try hashes(node) == [second.hash.hex])
        }
    }

    @Test("it goes when somebody has an account")
    func over() throws {
        try inOffice { node in
            try node.store.write { try $0.putLocal(LocalRecord(.account, "admin", bytes: [])) }
            try StartCode.keep(node)
            #expect(!Files.exists(node.directory.startCode))
        }
    }
}
