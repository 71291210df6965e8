/// What a scalar is to the words of a text: closed tables, so that every node cuts and folds alike.
///
/// `Sameness` of the domain has tables too, and decides disagreements with them: it keeps case, `ґ` and `ё` apart, and another
/// version of it is another schema. A search folds far more, and its index is simply made anew.
enum Folding {
    /// What becomes of a scalar.
    enum Kind: Equatable {
        /// A letter in its folded form.
        case letter(UInt16)
        case digit(UInt16)
        /// Kept out of a word when letters stand on both sides.
        case apostrophe
        /// Not read at all: accents and invisible marks.
        case nothing
        /// Parts words.
        case gap
    }

    /// The kind of a scalar.
    ///
    /// Lower case, without marks; letters of other than Latin and Cyrillic alphabets stay as they are; scalars beyond
    /// the basic plane (emoji, historic scripts) part words.
    static func kind(_ scalar: UInt32) -> Kind {
        if (0x400...0x52F).contains(scalar) { return letter(cyrillic[Int(scalar - 0x400)]) }
        if scalar < 0x80 { return ascii(scalar) }
        if (0xC0...0x24F).contains(scalar) { return letter(latin[Int(scalar - 0xC0)]) }
        if (0x300...0x36F).contains(scalar) { return .nothing }
        if (0x1E00...0x1EFF).contains(scalar) { return letter(latinAdditional[Int(scalar - 0x1E00)]) }
        if scalar >= 0x10000 || scalar < 0xC0 {
            return scalar == 0xAD ? .nothing : scalar == 0xB4 ? .apostrophe : .gap
        }
        if apostrophes.contains(scalar) { return .apostrophe }
        if invisible.contains(where: { $0.contains(scalar) }) { return .nothing }
        return gaps.contains { $0.contains(scalar) } ? .gap : .letter(UInt16(scalar))
    }

    private static func ascii(_ scalar: UInt32) -> Kind {
        switch scalar {
        case 0x30...0x39: .digit(UInt16(scalar))
        case 0x41...0x5A: .letter(UInt16(scalar + 0x20))
        case 0x61...0x7A: .letter(UInt16(scalar))
        case 0x27, 0x60: .apostrophe
        default: .gap
        }
    }

    /// In a table `·` stands for a scalar that parts words, `~` for one that is not read.
    private static func letter(_ folded: UInt16) -> Kind {
        folded == 0xB7 ? .gap : folded == 0x7E ? .nothing : .letter(folded)
    }

    /// The one letter that a letter and the mark behind it are, where it is not the letter without the mark: `й`, `ї`, and `ï`,
    /// which looks like `ї`.
    static func combined(_ letter: UInt16, _ mark: UInt32) -> UInt16? {
        switch (letter, mark) {
        case (Letter.и, 0x306): Letter.й
        case (Letter.і, 0x308): Letter.ї
        case (0x69, 0x308): 0xEF
        default: nil
        }
    }

    /// Whether the scalar is a capital of the Latin or Cyrillic alphabet.
    static func isCapital(_ scalar: UInt32) -> Bool {
        (0x41...0x5A).contains(scalar) || (0x400...0x42F).contains(scalar) || scalar == 0x490
            || (0xC0...0xDE).contains(scalar) && scalar != 0xD7
    }

    /// Whether the scalar is read as a space.
    static func isSpace(_ scalar: UInt32) -> Bool {
        scalar == 0x20 || (0x09...0x0D).contains(scalar) || scalar == 0x85 || scalar == 0xA0 || scalar == 0x1680
            || (0x2000...0x200A).contains(scalar) || scalar == 0x2028 || scalar == 0x2029 || scalar == 0x202F
            || scalar == 0x205F || scalar == 0x3000
    }

    /// Whether the scalar is a hyphen, or a dash that keyboards and word processors make of one.
    static func isHyphen(_ scalar: UInt32) -> Bool {
        scalar == 0x2D || (0x2010...0x2015).contains(scalar) || scalar == 0x2212 || scalar == 0xFE63
            || scalar == 0xFF0D
    }

    // MARK: words

    /// A word as it is compared: with a Cyrillic letter in it, Latin letters become those that look like them.
    static func word(_ folded: Letters) -> Letters {
        var word = folded
        if folded.contains(where: isCyrillic) {
            for place in word.indices { word[place] = alike(word[place]) }
        } else if let place = word.firstIndex(of: 0xEF) {
            for place in place..<word.count where word[place] == 0xEF { word[place] = 0x69 }
        }
        return Opener.cleaned(word)
    }

    /// The Cyrillic letter that looks like a Latin one; any other letter is itself.
    static func alike(_ letter: UInt16) -> UInt16 {
        switch letter {
        case 0x61...0x7A: alikes[Int(letter - 0x61)]
        case 0xEF: Letter.ї
        default: letter
        }
    }

    static func isCyrillic(_ letter: UInt16) -> Bool { (0x400...0x52F).contains(letter) }

    // MARK: the tables

    /// For `a` to `z`: capitals decide, so `b` is `в` and `h` is `н`.
    private static let alikes = "авсdеfgніjкlмnорqrsтuvwхуz".letters

    /// U+0400 to U+052F, without the marks that Unicode takes apart; `й` and `ї` are letters of their own, `ґ` is read as `г`, `ё` as `е`.
    private static let cyrillic =
        ("ееђгєѕіїјљњћкиуџабвгдежзийклмнопрстуфхцчшщъыьэюяабвгдежзийклмнопрстуфхцчшщъыьэюяееђгєѕіїјљњћкиуџ"
        + "ѡѡѣѣѥѥѧѧѩѩѫѫѭѭѯѯѱѱѳѳѵѵѵѵѹѹѻѻѽѽѿѿҁҁ·~~~~~~~ҋҋҍҍҏҏггғғҕҕҗҗҙҙққҝҝҟҟҡҡңңҥҥҧҧҩҩҫҫҭҭүүұұҳҳҵҵҷҷҹҹһһҽҽҿҿ"
        + "ӏжжӄӄӆӆӈӈӊӊӌӌӎӎӏааааӕӕееәәәәжжззӡӡииииооөөөөээууууууччӷӷыыӻӻӽӽӿӿ"
        + "ԁԁԃԃԅԅԇԇԉԉԋԋԍԍԏԏԑԑԓԓԕԕԗԗԙԙԛԛԝԝԟԟԡԡԣԣԥԥԧԧԩԩԫԫԭԭԯԯ").letters

    /// U+00C0 to U+024F, likewise; `ï` stays until its word is known.
    private static let latin =
        ("aaaaaaæceeeeiiiïðnooooo·øuuuuyþßaaaaaaæceeeeiiiïðnooooo·øuuuuyþy"
        + "aaaaaaccccccccddđđeeeeeeeeeegggggggghhħħiiiiiiiiiıĳĳjjkkĸllllllŀŀłłnnnnnnŉŋŋooooooœœrrrrrrssssssssttttŧŧ"
        + "uuuuuuuuuuuuwwyyyzzzzzzſ"
        + "ƀɓƃƃƅƅɔƈƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵooƣƣƥƥʀƨƨʃƪƫƭƭʈuuʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿǀǁǂǃǆǆǆǉǉǉǌǌǌaaiioouuuuuuuuuuǝaaaaææǥǥgg"
        + "kkooooʒʒjǳǳǳggƕƿnnaaææøøaaaaeeeeiiiioooorrrruuuussttȝȝhhƞȡȣȣȥȥaaeeooooooooyyȴȵȶȷȸȹⱥȼȼƚⱦȿɀɂɂƀʉʌɇɇɉɉɋɋɍɍɏɏ")
        .letters

    /// U+1E00 to U+1EFF, likewise.
    private static let latinAdditional =
        ("aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssss"
        + "ttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyẚſẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooo"
        + "oooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ").letters

    private static let apostrophes: Set<UInt32> = [
        0x2B9, 0x2BB, 0x2BC, 0x2BD, 0x2BE, 0x2C8, 0x2CA, 0x2CB, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xFF07,
    ]

    private static let invisible: [ClosedRange<UInt32>] = [
        0x61C...0x61C, 0x180B...0x180E, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200B...0x200F, 0x202A...0x202E,
        0x2060...0x206F, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB,
    ]

    /// Punctuation, symbols, private and unassigned scalars of the basic plane beyond U+024F.
    private static let gaps: [ClosedRange<UInt32>] = [
        0x2C2...0x2C5, 0x2D2...0x2DF, 0x2E5...0x2EB, 0x37E...0x37E, 0x387...0x387, 0x55A...0x55F, 0x589...0x58F,
        0x5BE...0x5BE, 0x5C0...0x5C0, 0x5C3...0x5C3, 0x5C6...0x5C6, 0x5F3...0x5F4, 0x600...0x60F, 0x61B...0x61F,
        0x66A...0x66D, 0x6D4...0x6D4, 0x964...0x965, 0x1680...0x1680, 0x2000...0x200A, 0x2010...0x205F,
        0x2070...0x20CF, 0x2100...0x2BFF, 0x2E00...0x2E7F, 0x3000...0x3003, 0x3008...0x3020, 0x3030...0x3030,
        0xD800...0xF8FF, 0xFD3E...0xFD3F, 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFF01...0xFF0F, 0xFF1A...0xFF20,
        0xFF3B...0xFF40, 0xFF5B...0xFF65, 0xFFE0...0xFFFF,
    ]
}

/// Letters that rules name one by one.
enum Letter {
    static let а: UInt16 = 0x430
    static let в: UInt16 = 0x432
    static let г: UInt16 = 0x433
    static let д: UInt16 = 0x434
    static let е: UInt16 = 0x435
    static let ж: UInt16 = 0x436
    static let з: UInt16 = 0x437
    static let и: UInt16 = 0x438
    static let й: UInt16 = 0x439
    static let к: UInt16 = 0x43A
    static let л: UInt16 = 0x43B
    static let м: UInt16 = 0x43C
    static let о: UInt16 = 0x43E
    static let с: UInt16 = 0x441
    static let т: UInt16 = 0x442
    static let у: UInt16 = 0x443
    static let х: UInt16 = 0x445
    static let ц: UInt16 = 0x446
    static let ь: UInt16 = 0x44C
    static let ю: UInt16 = 0x44E
    static let є: UInt16 = 0x454
    static let і: UInt16 = 0x456
    static let ї: UInt16 = 0x457
}
