/// A password as a person typed it: every character counts, none is cut off or changed (ASVS 5.0, 6.2).
public struct Password: Sendable {
    /// Characters at least, and bytes at most.
    public static let shortest = 12, longest = 512

    /// Why a new password is not taken.
    public enum Fault: Hashable, Sendable, CaseIterable {
        case tooShort, tooLong
        /// One that many people have.
        case isCommon
        /// Little else than the person's own login or name.
        case isOwnName
        /// One character, or a few, again and again.
        case isRepeated
    }

    let bytes: [UInt8]
    private let text: String

    public init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    /// What is wrong with it as a new password of this person; empty if nothing is.
    ///
    /// - Parameters:
    ///   - names: login and printed name.
    ///   - isCommon: asked with the password in small letters.
    public func faults(of names: [String], isCommon: (String) -> Bool) -> Set<Fault> {
        var faults: Set<Fault> = []
        if text.unicodeScalars.count < Self.shortest { faults.insert(.tooShort) }
        if bytes.count > Self.longest { faults.insert(.tooLong) }
        let small = text.lowercased()
        if isCommon(small) { faults.insert(.isCommon) }
        if Set(small).count < 5 { faults.insert(.isRepeated) }
        var rest = small
        for word in names.flatMap({ $0.lowercased().split { !$0.isLetter && !$0.isNumber } }) where word.count >= 3 {
            rest = rest.replacing(word, with: "")
        }
        if rest != small, rest.unicodeScalars.count < Self.shortest / 2 { faults.insert(.isOwnName) }
        return faults
    }
}
