import Foundation

/// What pages may use: offices have Chrome 109 (the last for Windows 7), Firefox 121, Safari 16.
///
/// What is not listed is refused, so that whoever wants something new looks first since when browsers have it.
enum BrowserFeatures {
    private static let atRules: Set<String> = ["layer", "media", "container", "keyframes", "page"]

    private static let selectors: Set<String> = [
        "root", "before", "after", "marker", "hover", "focus", "focus-visible", "checked", "disabled", "target", "not",
        "is", "has", "first-child", "last-child", "nth-child", "backdrop", "-webkit-details-marker",
    ]

    private static let functions: Set<String> = [
        "var", "calc", "min", "minmax", "repeat", "rgb", "rotate", "scale", "translate", "attr", "env", "inset",
        "repeating-linear-gradient", "fit-content",
    ]

    /// Custom properties are free.
    ///
    /// Of `text-wrap` a browser that lacks it breaks lines as ever.
    private static let properties: Set<String> = Set(
        """
        accent-color align-content align-items animation background block-size border border-block-end border-block-end-color
        border-block-end-width border-block-start border-collapse border-color border-end-end-radius border-end-start-radius
        border-inline border-inline-start border-inline-start-color border-radius border-start-start-radius
        border-style border-width box-shadow box-sizing break-inside clip-path color color-scheme column-gap columns
        container-type content cursor display fill flex flex-basis flex-direction flex-wrap font font-family font-size
        font-variant-numeric font-weight forced-color-adjust gap grid-column grid-row grid-template-columns
        grid-template-rows inline-size inset inset-block inset-block-end inset-block-start inset-inline
        inset-inline-start justify-content letter-spacing line-height list-style margin margin-block-end margin-block-start
        margin-inline margin-inline-end margin-inline-start max-inline-size min-block-size min-inline-size opacity order
        outline outline-color outline-offset overflow overflow-wrap overflow-x padding padding-block padding-block-end
        padding-block-start padding-inline padding-inline-end padding-inline-start place-items position
        print-color-adjust resize row-gap scroll-behavior scroll-padding-block scrollbar-width size stroke stroke-linecap
        stroke-linejoin stroke-width text-align text-decoration text-decoration-thickness text-underline-offset text-wrap
        transform transition vector-effect vertical-align white-space z-index -webkit-print-color-adjust
        -webkit-text-size-adjust
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )

    /// What a script may call or read after a point.
    private static let members: Set<String> = Set(
        """
        abort activeElement add addEventListener after append appendChild arrayBuffer assign at body
        BroadcastChannel catch checked classList className clearTimeout click clipboard cloneNode close CLOSED closest
        contains content createElement createHTML createPolicy ctrlKey currentTarget data dataset
        defaultPrevented delete detail disabled dispatchEvent document documentElement elements entries error every
        filter finally find findIndex firstChild flatMap focus forEach form forms from fromEntries get
        getAttribute getElementById getItem getRandomValues has hash hidden href htmlFor id includes
        indeterminate indexOf innerHTML input isArray isConnected isContentEditable join json key keys lang
        lastEventId length location locks map matches max message metaKey min name next node now ok onmessage
        open origin parentElement parse parseFromString pathname PluralRules policy pop postMessage prepend
        preventDefault previous print push querySelector querySelectorAll random randomUUID readyState redirected
        reduce reload remove removeAttribute removeEventListener removeItem replace replaceState replaceWith
        request requestSubmit reset resolve scrollIntoView search select selectedOptions sessionStorage set
        setAttribute setItem shiftKey showModal signal size slice some sort split start startsWith status
        stopPropagation stringify submitter target test text textContent then timeStamp title toFixed toggle
        toLocaleTimeString toString trim trustedTypes type url URLSearchParams value values visibilityState
        writeText
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )

    /// Syntax that is younger than the browsers.
    private static let syntax: [(form: String, what: String)] = [
        (#"\bimport\s*\(.*with\s*:"#, "import attributes"), (#"\busing\s+\w+\s*="#, "explicit resources"),
        (#"/[a-z]*v[a-z]*\s*[;,.)]"#, "the flag v of expressions"),
        (#"\beval\b|\bnew\s+Function\b"#, "text that becomes script"),
    ]

    static func inStyle(_ path: String, _ text: String) -> [Violation] {
        let text = stripped(text, #"/\*[\s\S]*?\*/"#)
        let bare = stripped(text, #""[^"]*""#)
        let rules = stripped(bare, #"@(?:media|container)[^{]*"#)
        func unknown(_ pattern: String, in text: String, _ allowed: Set<String>, _ what: String) -> [Violation] {
            Set(found(pattern, in: text)).subtracting(allowed).sorted().map {
                Violation(path, "\(what) \($0)", remedy: remedy)
            }
        }
        let selector = #"[^:\s{;(]?::?(-?[a-z]+(?:-[a-z]+)*)(?=[^{};]*\{)"#
        let own = functions.union(selectors).union(["and", "or"])
        let custom = Set(found(#"[{;]\s*(--[\w-]+)\s*:"#, in: text))
        return unknown(#"@([a-z-]+)"#, in: bare, atRules, "the rule @")
            + unknown(selector, in: rules, selectors, "the selector :")
            + unknown(#"([a-z-]+)\((?![^{}]*\{)"#, in: rules, own, "the function")
            + unknown(#"[{;]\s*([a-z-]+)\s*:(?!:)"#, in: text, properties.union(custom), "the property")
            + (text.contains("&") ? [Violation(path, "nesting (&)", remedy: remedy)] : [])
    }

    static func inScript(_ path: String, _ text: String) -> [Violation] {
        let code = stripped(stripped(text, #"/\*[\s\S]*?\*/"#), #"(?m)(^|\s)//.*$"#)
        let bare = stripped(stripped(code, #"'(?:[^'\\\n]|\\.)*'"#), #""(?:[^"\\\n]|\\.)*""#)
        let own = Set(found(#"(?:\{|,)\s*([A-Za-z]\w*)\s*[:,}]"#, in: bare))
        let members = Set(found(#"[\w\])]\??\.([A-Za-z]\w*)"#, in: bare)).subtracting(Self.members).subtracting(own)
        return members.sorted().map { Violation(path, "the member .\($0)", remedy: remedy) }
            + syntax.filter { !found($0.form, in: bare, group: 0).isEmpty }.map {
                Violation(path, $0.what, remedy: remedy)
            }
    }

    private static let remedy =
        "Look since when Chrome, Firefox and Safari have it; up to 109, 121 and 16 it may be listed in BrowserFeatures.swift"

    private static func stripped(_ text: String, _ pattern: String) -> String {
        text.replacingOccurrences(of: pattern, with: " ", options: .regularExpression)
    }

    private static func found(_ pattern: String, in text: String, group: Int = 1) -> [String] {
        let form: NSRegularExpression
        do { form = try NSRegularExpression(pattern: pattern) } catch { return ["a wrong pattern: \(pattern)"] }
        return form.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
            Range($0.range(at: group), in: text).map { String(text[$0]) }
        }
    }
}
