import Foundation
import Testing

@testable import Web

/// The table of EN 301 549: every clause once, each with what shows it.
struct AccessibilityTests {
    /// The clauses of V3.2.1 that ask for something, by chapter; voids of the standard are left out.
    private static let clauses: [String] = {
        /// `9.2.4` with its numbers, of several such lines.
        func spans(_ lines: [(String, [Int])]) -> [String] {
            lines.flatMap { line in line.1.map { "\(line.0).\($0)" } }
        }
        let web = spans([
            ("9.1.1", [1]), ("9.1.2", Array(1...5)), ("9.1.3", Array(1...5)),
            ("9.1.4", [1, 2, 3, 4, 5, 10, 11, 12, 13]),
            ("9.2.1", [1, 2, 4]), ("9.2.2", [1, 2]), ("9.2.3", [1]), ("9.2.4", Array(1...7)), ("9.2.5", Array(1...4)),
            ("9.3.1", [1, 2]), ("9.3.2", Array(1...4)), ("9.3.3", Array(1...4)), ("9.4.1", [1, 2, 3]),
        ])
        // Documents have no sets of pages: what is about those is void.
        let ofPages: Set<String> = ["9.2.4.1", "9.2.4.5", "9.3.2.3", "9.3.2.4"]
        let documents = web.filter { !ofPages.contains($0) }.map { "10" + $0.dropFirst() }
        let software = spans([
            ("11.1.1.1", [1, 2]), ("11.1.2.1", [1, 2]), ("11.1.2", [2, 4, 5]), ("11.1.2.3", [1, 2]),
            ("11.1.3.1", [1, 2]),
            ("11.1.3.2", [1, 2]), ("11.1.3", [3, 4]), ("11.1.3.5", [1, 2]), ("11.1.4", [1, 2, 3, 10, 11, 12, 13]),
            ("11.1.4.4", [1, 2]), ("11.1.4.5", [1, 2]), ("11.2.1.1", [1, 2]), ("11.2.1", [2]), ("11.2.1.4", [1, 2]),
            ("11.2.2", [1, 2]), ("11.2.3", [1]), ("11.2.4", [3, 4, 6, 7]), ("11.2.5", Array(1...4)),
            ("11.3.1.1", [1, 2]),
            ("11.3.2", [1, 2]), ("11.3.3.1", [1, 2]), ("11.3.3", [2, 3, 4]), ("11.4.1.1", [1, 2]),
            ("11.4.1.2", [1, 2]),
            ("11.5", [1]), ("11.5.2", Array(1...17)), ("11.6", [1, 2]), ("11", [7]), ("11.8", Array(1...5)),
        ])
        let general = spans([
            ("5.1.2", [1, 2]), ("5.1.3", Array(1...16)), ("5.1", [4, 5, 7]), ("5.1.6", [1, 2]),
            ("5", [2, 3, 4, 7, 8, 9]),
            ("5.5", [1, 2]), ("5.6", [1, 2]),
        ])
        let support = spans([("12.1", [1, 2]), ("12.2", [2, 3, 4])])
        return general + web + ["9.6"] + documents + ["10.5", "10.6"] + software + support
    }()

    @Test("every clause of the chapters stands in the table once, and no other")
    func whole() {
        let table = AccessibilityClause.all.map(\.clause)
        #expect(Set(table).count == table.count)
        #expect(Set(Self.clauses).subtracting(table) == [] && Set(table).subtracting(Self.clauses) == [])
        #expect(table.count > 190)
    }

    @Test("what is said to be checked is checked by a file or a suite that there is")
    func evidence() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../")
        for clause in AccessibilityClause.all where clause.evidence != "statement" {
            #expect(FileManager.default.fileExists(atPath: tests.appending(path: clause.evidence).path), "\(clause)")
        }
        // What a machine cannot see is said to be a statement.
        for clause in AccessibilityClause.all where clause.standing == .partly {
            #expect(clause.evidence == "statement", "\(clause)")
        }
    }

    @Test("the statement is open to everybody, counts the table and tells first what falls short")
    func page() throws {
        let town = try ShownTown()
        let page = try town.page("/accessibility", as: nil)
        let short = try #require(page.firstRange(of: "Чого бракує")).lowerBound,
            all = try #require(page.firstRange(of: "Усі пункти")).lowerBound
        #expect(short < all)
        for standing in AccessibilityClause.Standing.allCases {
            let count = AccessibilityClause.all.count { $0.standing == standing }
            #expect(page.contains("<dd>\(count)</dd>"), "\(standing)")
        }
        for clause in AccessibilityClause.all where clause.standing == .no {
            #expect(page[short..<all].contains("\">\(clause.clause)</th>"), "\(clause)")
        }
        #expect(try town.page("/help", as: "koval").contains("href=\"/accessibility\""))
    }
}
