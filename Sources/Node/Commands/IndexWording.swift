extension Wording {
    private static let cyrillic: [Character: Character] = [
        "A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н", "I": "І", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т",
        "X": "Х",
    ]

    /// An index as it was probably meant: `o-1`, typed with another keyboard or in small letters, is `О-1`.
    ///
    /// A mark before the series (`1c-І-1`) is hexadecimal and stays.
    static func index(_ typed: String) -> String {
        let parts = typed.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let isMarked = parts.count == 2 && parts[0].first?.isNumber == true
        let meant = (isMarked ? parts[1] : typed[...]).uppercased()
        return (isMarked ? parts[0] + "-" : "") + String(meant.map { cyrillic[$0] ?? $0 })
    }
}
