/// A picture of the sprite that every page carries; its raw value is the name of the symbol.
enum Icon: String, CaseIterable {
    case mark, search, plus, check, sync, ring, up, alert, differ, lock, clock, phone, pin, mail, pen, clip, camera,
        print, user, chev, back, close, node, star

    /// All symbols, once a page.
    static let sprite = Assets.files["icons.svg"].map { Markup($0) } ?? Markup()
}

/// A picture beside words, which alone are read out.
func icon(_ icon: Icon, isFilled: Bool = false) -> Markup {
    tag("svg", ["class": isFilled ? "i i-fill" : "i", "aria-hidden": "true"]) {
        tag("use", ["href": "#i-" + icon.rawValue])
    }
}

/// A picture that stands for words, in the fixed places of rows and of the rail.
func icon(_ icon: Icon, saying words: String, classes: String = "mk") -> Markup {
    tag("svg", ["class": "i " + classes, "role": "img", "aria-label": words]) {
        tag("use", ["href": "#i-" + icon.rawValue])
    }
}
