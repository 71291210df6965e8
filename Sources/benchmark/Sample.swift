/// Ukrainian text as citizens write it, the same for the same seed.
///
/// Repeatable, so that two runs store the same bytes. The vowels and words matter: text of random letters would neither
/// compress nor take two bytes a letter as Ukrainian does.
struct Sample {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// xorshift64; the state must never be 0, which the initializer's `| 1` makes sure of.
    mutating func number(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    /// At least so many bytes, ended by a full stop.
    mutating func text(bytes: Int) -> String {
        var text = ""
        while text.utf8.count < bytes {
            text += text.isEmpty ? "Прошу" : " "
            text += Self.words[number(below: Self.words.count)]
        }
        return text + "."
    }

    private static let words =
        """
        вжити заходів щодо відновлення водопостачання у будинку за адресою вулиця Шевченка де третю добу немає гарячої води \
        мешканці неодноразово зверталися до комунального підприємства проте відповіді не отримали також потребує ремонту дах \
        під’їзд освітлення дитячий майданчик дорожнє покриття після зими утворилися вибоїни що створює небезпеку для пішоходів \
        та водіїв просимо повідомити про результати розгляду письмово
        """.split(separator: " ").map { String($0) }
}
