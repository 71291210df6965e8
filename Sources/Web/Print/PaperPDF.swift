import Appeals
package import Papers

/// Makes PDF of papers, in a process of its own.
package protocol Draughtsman: Sendable {
    /// Whether the program is where the node looks for it.
    var isHere: Bool { get }
    /// Waits until the program is through, or its time is over.
    func draw(_ paper: Paper) -> DrawnPaper
}

/// What came of a paper.
package enum DrawnPaper: Sendable, Equatable {
    case pdf([UInt8])
    /// It has more sheets or bytes than a paper may have.
    case tooLong
    /// The program is not installed.
    case absent
    /// The program, or what it needs, is in no order: for the log.
    case failed(String)
}

/// Where nothing draws: the browser prints.
package struct NoDraughtsman: Draughtsman {
    package init() {}
    package var isHere: Bool { false }
    package func draw(_ paper: Paper) -> DrawnPaper { .absent }
}

/// A paper was not drawn; of the paper itself nothing is said.
package struct UndrawnPaper: Error, CustomStringConvertible {
    package let description: String
}

extension WebCall {
    /// The way from a paper to the same as PDF, or why there is none.
    var pdfLink: Markup {
        guard site.draughtsman.isHere else {
            return tag("span", ["class": "soft"]) {
                say("PDF: програму для паперів не встановлено", "PDF: the program for papers is not installed")
            }
        }
        let query = request.query.filter { $0.0 != "lang" } + [("lang", language.rawValue)]
        let path = request.path.split(separator: "/").map { "/" + Self.encoded(String($0)) }.joined()
        return tag("a", ["href": Self.address(path + PrintPlaces.pdf, query)]) { "PDF" }
    }

    /// The paper as PDF, shown by the browser under a name to keep it by.
    func pdf(of sheet: PrintedSheet) throws -> WebReply {
        switch site.draughtsman.draw(try paper(of: sheet)) {
        case .pdf(let bytes):
            return WebReply(
                status: 200,
                contentType: "application/pdf",
                headers: [
                    (
                        "content-disposition",
                        "inline; filename=\"paper.pdf\"; filename*=UTF-8''" + Self.encoded(sheet.title + ".pdf")
                    ), ("content-language", language.rawValue),
                ],
                body: bytes
            )
        case .tooLong:
            return try undrawn(
                413,
                say(
                    "Папір завеликий для PDF: щонайбільше \(Paper.sheets) аркушів",
                    "The paper is too long for PDF: at most \(Paper.sheets) sheets"
                ),
                sheet
            )
        case .absent:
            return try undrawn(
                503,
                say(
                    "Програму для паперів на цьому вузлі не встановлено",
                    "The program for papers is not installed at this node"
                ),
                sheet
            )
        case .failed(let cause):
            site.report(UndrawnPaper(description: cause), "paper")
            return try undrawn(503, say("PDF зараз зробити не вдалося", "No PDF could be made now"), sheet)
        }
    }

    /// Why there is no PDF, and the way that goes on working.
    private func undrawn(_ status: Int, _ words: String, _ sheet: PrintedSheet) throws -> WebReply {
        page(words, status: status) {
            tag("h1") { words }
            tag("p") {
                say(
                    "Друк із браузера працює: сторінка паперу, Ctrl P.",
                    "Printing from the browser works: the page of the paper, Ctrl P."
                )
            }
            tag("p") { tag("a", ["href": sheet.back.place]) { sheet.back.words } }
        }
    }
}
