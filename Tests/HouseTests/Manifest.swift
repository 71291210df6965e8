import Foundation

/// The targets of Package.swift in their order.
enum Manifest {
    struct Target: Equatable {
        let name: String
        let line: Int
        let isTest: Bool
        let dependencies: [String]
    }

    static func targets(_ text: String) throws -> [Target] {
        let form = try NSRegularExpression(
            pattern:
                #"\.(target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"(\w+)"(?:,\s*dependencies:\s*\[([^\]]*)\])?"#
        )
        let range = NSRange(text.startIndex..., in: text)
        return form.matches(in: text, range: range).compactMap { match in
            guard let kind = Range(match.range(at: 1), in: text), let name = Range(match.range(at: 2), in: text) else {
                return nil
            }
            let line = text[..<name.lowerBound].utf8.count { $0 == 10 } + 1
            let list =
                Range(match.range(at: 3), in: text).map {
                    text[$0].split(separator: "\"", omittingEmptySubsequences: false)
                } ?? []
            let dependencies = list.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
            return Target(
                name: String(text[name]),
                line: line,
                isTest: text[kind] == "testTarget",
                dependencies: dependencies
            )
        }
    }
}
