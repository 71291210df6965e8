import Appeals
import WebAssets

/// One topic of the manual as `help.txt` has it.
struct HelpPage {
    /// What its page is called.
    let title: Label
    /// In the order of the file.
    let paragraphs: [Label]

    /// All of them, by the names of the topics.
    static let all: [String: HelpPage] = read(
        String(decoding: UnsafeBufferPointer(start: kartoteka_help(), count: kartoteka_help_count()), as: UTF8.self)
    )

    /// Reads topics that begin with `## name`: pairs of lines in both languages, the first of which is the title.
    ///
    /// What stands before the first topic is for whoever edits the file; a line without its pair is left out, which a test sees.
    static func read(_ text: String) -> [String: HelpPage] {
        var pages: [String: HelpPage] = [:], name = "", lines: [String] = []
        /// Puts down the topic that ends here.
        func end() {
            let pairs = stride(from: 0, to: lines.count - lines.count % 2, by: 2).map {
                Label(uk: lines[$0], en: lines[$0 + 1])
            }
            if !name.isEmpty, let title = pairs.first {
                pages[name] = HelpPage(title: title, paragraphs: Array(pairs.dropFirst()))
            }
        }
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("## ") {
                end()
                (name, lines) = (String(line.dropFirst(3)), [])
            } else {
                lines.append(String(line))
            }
        }
        end()
        return pages
    }
}
