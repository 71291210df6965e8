import Foundation
import Testing

/// The formatter's settings are those of the house; `deploy/test` lints with them.
struct FormatTests {
    private static let demanded = """
        { "version": 1, "lineLength": 120, "indentation": { "spaces": 4 }, "tabWidth": 4, "maximumBlankLines": 1,
          "respectsExistingLineBreaks": true, "lineBreakBeforeEachArgument": true,
          "lineBreakBeforeEachGenericRequirement": true, "multiElementCollectionTrailingCommas": true,
          "prioritizeKeepingFunctionOutputTogether": true, "indentConditionalCompilationBlocks": false,
          "spacesBeforeEndOfLineComments": 2, "fileScopedDeclarationPrivacy": { "accessLevel": "private" },
          "rules": {
            "AllPublicDeclarationsHaveDocumentation": false, "BeginDocumentationCommentWithOneLineSummary": true,
            "NeverForceUnwrap": false, "NeverUseForceTry": false, "NoBlockComments": true, "OmitExplicitReturns": true,
            "OneCasePerLine": false, "UseEarlyExits": true, "UseLetInEveryBoundCaseVariable": true,
            "UseWhereClausesInForLoops": true, "NoAccessLevelOnExtensionDeclaration": true, "OrderedImports": true,
            "ValidateDocumentationComments": false } }
        """

    /// Settings by their full names.
    static func settings(_ text: String) throws -> [String: String] {
        func flatten(_ value: Any, _ path: String, into settings: inout [String: String]) {
            guard let members = value as? [String: Any] else { return settings[path] = "\(value)" }
            for (key, member) in members { flatten(member, path.isEmpty ? key : path + "." + key, into: &settings) }
        }
        var settings: [String: String] = [:]
        flatten(try JSONSerialization.jsonObject(with: Data(text.utf8)), "", into: &settings)
        return settings
    }

    static func violations(_ text: String) throws -> [Violation] {
        let found = try settings(text)
        let wanted = try settings(demanded)
        return Set(found.keys).union(wanted.keys).sorted().filter { found[$0] != wanted[$0] }.map {
            Violation(
                ".swift-format",
                "\($0) is \(found[$0] ?? "not set")",
                remedy: "The house wants \(wanted[$0] ?? "it not set")"
            )
        }
    }

    @Test(".swift-format holds exactly the settings of the house")
    func format() throws { expectNone(try Self.violations(try #require(Project.here.text(".swift-format")))) }

    @Test("another line length, a missing rule and a rule too many are found")
    func planted() throws {
        let text = Self.demanded.replacing("120", with: "100").replacing(
            "\"NoBlockComments\": true,",
            with: "\"NoTabs\": true,"
        )
        #expect(
            try Self.violations(text).map(\.found) == [
                "lineLength is 100", "rules.NoBlockComments is not set", "rules.NoTabs is 1",
            ]
        )
    }
}
