package import Appeals
package import Desk

/// Why a node cannot do what it was asked: what was being done, what was found, what to do, and the exit code.
///
/// Nothing of an appeal belongs in it: it is printed and logged as it is.
package struct NodeError: Error, Equatable, Sendable, CustomStringConvertible {
    package let code: DeskError.Kind
    package let doing: Label
    package let found: Label
    package let remedy: Label

    package init(_ code: DeskError.Kind, doing: Label, found: Label, remedy: Label) {
        self.code = code
        self.doing = doing
        self.found = found
        self.remedy = remedy
    }

    /// For the log, which is English.
    package var description: String { "\(doing.en): \(found.en). \(remedy.en)" }

    /// What was being done and what was found.
    package var message: Label { doing + Label(": ") + found }
}

extension NodeError: Explained {
    package var explained: DeskError {
        DeskError(code, code.rawValue, Sentence(message), remedy: Sentence(remedy))
    }
}

extension NodeError: Worded {
    package var label: Label { message }
}
