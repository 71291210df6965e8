/// Words in one language, with what each face names in its own way left in them as values.
package struct Phrase: Sendable {
    package enum Part: Sendable {
        case words(String)
        case mention(Mention)
    }

    package let parts: [Part]

    package var isEmpty: Bool { parts.isEmpty }

    /// The words that every face shows.
    var words: String {
        parts.map { part in
            switch part {
            case .words(let words): words
            case .mention: ""
            }
        }.joined()
    }

    /// One after the other, with nothing between them.
    package static func + (a: Phrase, b: Phrase) -> Phrase { Phrase(a.parts + b.parts) }

    private init(_ parts: [Part]) { self.parts = parts }

    /// With these words between each two.
    package static func joined(_ phrases: [Phrase], separator: String) -> Phrase {
        Phrase(phrases.enumerated().flatMap { place, phrase in (place == 0 ? [] : [.words(separator)]) + phrase.parts })
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    package init(stringLiteral words: String) { parts = words.isEmpty ? [] : [.words(words)] }
    package init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Words as every face shows them.
        package mutating func appendLiteral(_ words: String) { if !words.isEmpty { parts.append(.words(words)) } }

        /// A name, a number, a date: what has no text of its own is no word, and does not compile.
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendLiteral(value.description)
        }

        /// What each face names in its own way.
        package mutating func appendInterpolation(_ mention: Mention) { parts.append(.mention(mention)) }

        /// Another phrase, its mentions kept.
        package mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }
    }
}

/// What a sentence names that is typed at a terminal, clicked in a browser and sent over HTTP.
package enum Mention: Sendable {
    /// An input of the act at hand, or of the one that the sentence speaks of, with a value if one is suggested.
    case input(String, String = "")
    /// An act or a reading that somebody is to do, with values of its inputs; empty for a flag, and where it is theirs to fill in.
    case toDo(UseCase, KeyValuePairs<String, String> = [:])
    /// An act or a reading that is only spoken of.
    case named(UseCase, KeyValuePairs<String, String> = [:])
    /// What a reading gives to programs.
    case data(UseCase)
    /// What somebody is to do at the machine itself.
    case atMachine(MachineAct)
    /// The same, where it is only spoken of.
    case namedAtMachine(MachineAct)
}

/// What only the program at a node's machine does, as far as the desk has to send people there.
package enum MachineAct: Sendable, CaseIterable {
    case foundOffice, foundDepartment, declareRestore
}
