import Commands
import Desk
import Foundation
import Node

enum Fixtures {
    static func data(_ name: String) throws -> [UInt8] {
        try read("../../deploy/data/\(name)")
    }

    /// The mappings an operator gets.
    static func mapping(_ name: String) throws -> ImportMapping {
        try ImportMapping(bytes: read("../../deploy/\(name).mapping.json"))
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appending(path: path)))
    }
}

extension [ImportOutcome] {
    var cards: [ImportedCard] {
        compactMap { outcome in
            if case .card(let card) = outcome { card } else { nil }
        }
    }

    var refusals: [ImportRefusal] {
        compactMap { outcome in
            if case .refused(let refusal) = outcome { refusal } else { nil }
        }
    }
}
