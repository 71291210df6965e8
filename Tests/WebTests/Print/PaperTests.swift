import CanonicalJSON
import Papers
import Testing

@testable import Web

@Suite("A paper as a value, and as PDF")
struct PaperTests {
    /// Keeps what it is given to draw.
    final class Recorder: Draughtsman, @unchecked Sendable {
        var papers: [Paper] = []
        var answer: DrawnPaper = .pdf(Array("%PDF-".utf8))
        var isHere = true

        func draw(_ paper: Paper) -> DrawnPaper {
            papers.append(paper)
            return answer
        }
    }

    private static let blocks: [PaperBlock] = [
        .heading(1, "КАРТКА"), .heading(1, "Відповідь", isSeen: false), .heading(2, "Хід"),
        .lines([PaperLine("Бондар", isStrong: true), "вул. Спаська"], .addressee),
        .sides(["ліворуч"], ["праворуч", "нижче"]),
        .keys([PaperField("Індекс", "Б-57/2")]),
        .fields(caption: "Звернення", rows: [[PaperField("Вид", "скарга"), PaperField("Справа", "")]], isTall: true),
        .table(
            PaperTable(
                caption: "Хід",
                heads: [PaperHead("Хто", share: 2), PaperHead("Що", share: 3)],
                rows: [[["а", "б"], []]]
            )
        ),
        .signature(position: "Директор", name: "Петренко", place: "Місце"), .foot("Надруковано"),
    ]

    private static func paper(_ blocks: [PaperBlock]) -> Paper {
        Paper(
            title: "Картка \"Б-57/2\"",
            language: "uk",
            made: 1_796_073_600_000,
            isLetter: true,
            blocks: blocks,
            words: PaperWords(sheet: "арк. ", of: " з ", continued: ", далі", unknown: "знак")
        )
    }

    @Test("a paper that another process reads is the paper that was written, with every kind of block")
    func text() throws {
        let paper = Self.paper(Self.blocks + PaperStyle.allCases.map { .lines(["рядок"], $0) })
        #expect(try Paper(decoding: paper.encoded()) == paper)
    }

    @Test("what lacks a member, has another form or an unknown block is no paper, and is told by its name")
    func strange() {
        func found(_ change: (inout String) -> Void) -> String {
            var text = String(decoding: Self.paper(Self.blocks).encoded(), as: UTF8.self)
            change(&text)
            do {
                _ = try Paper(decoding: Array(text.utf8))
                return "a paper"
            } catch { return (error as? PaperError)?.name ?? "\(type(of: error))" }
        }
        #expect(found { _ in } == "a paper")
        #expect(found { $0.replace("\"title\"", with: "\"titel\"") } == "paper.title")
        #expect(found { $0.replace("\"addressee\"", with: "\"elsewhere\"") } == "paper.blocks.lines.style")
        #expect(found { $0.replace("{\"foot\"", with: "{\"tail\"") } == "paper.blocks.tail")
        #expect(found { $0.replace("[[[\"а\",\"б\"],[]]]", with: "[[[\"а\",\"б\"]]]") } == "paper.blocks.table")
        #expect(found { $0.replace("\"share\":3", with: "\"share\":0") } == "paper.blocks.table")
        #expect(found { $0.removeLast() } == "JSONError")
    }

    @Test("the PDF is made of the paper that the page shows, with the reader's rights, under a name to keep it by")
    func same() throws {
        let stage = try FormStage(), recorder = Recorder()
        stage.draughtsman = recorder
        let id = try stage.registered()
        let place = PrintPlaces.card(id), page = try stage.get(place, as: "koval")
        #expect(
            String(decoding: try stage.bytes(place, as: "koval"), as: UTF8.self).contains(
                "href=\"\(place)/pdf?lang=uk\""
            )
        )
        let reply = try stage.reply(place + PrintPlaces.pdf, as: "koval")
        #expect(reply.status == 200 && reply.contentType == "application/pdf" && reply.body == Array("%PDF-".utf8))
        let name = try #require(reply.headers.first { $0.0 == "content-disposition" }?.1)
        #expect(name.hasPrefix("inline; filename=\"paper.pdf\"; filename*=UTF-8''%D0%A0%D0%B5"), "\(name)")
        let paper = try #require(recorder.papers.first)
        for block in paper.blocks.dropLast() {
            #expect(page.html.contains(block.markup.text), "\(block)")
        }
        #expect(paper.language == "uk" && paper.made == stage.now && !paper.isLetter)
        _ = try stage.command(
            "resolution issue",
            ["appeal": .string(id), "as": "koval", "author": "vilkul", "text": "Так", "main": "drim", "co": ["zhkg"]]
        )
        try stage.sync()
        _ = try stage.reply(place + PrintPlaces.pdf, as: "petrenko", at: "zhkg")
        let shown = String(decoding: try #require(recorder.papers.last).encoded(), as: UTF8.self)
        for kept in ["Бондар", "056", "bondar@example.com", "Спаська"] { #expect(!shown.contains(kept), "\(kept)") }
        #expect(try stage.reply(place + "/assignments/abcdef/pdf", as: "koval").status == 404)
        #expect(recorder.papers.count == 2)
    }

    @Test("no program, too many sheets and a program that fails are told; printing by the browser goes on")
    func undrawn() throws {
        let stage = try FormStage(), recorder = Recorder()
        let id = try stage.registered()
        let place = PrintPlaces.card(id)
        #expect(
            String(decoding: try stage.bytes(place, as: "koval"), as: UTF8.self).contains(
                "програму для паперів не встановлено"
            )
        )
        #expect(try stage.reply(place + PrintPlaces.pdf, as: "koval").status == 503)
        stage.draughtsman = recorder
        recorder.answer = .tooLong
        let long = try stage.get(place + PrintPlaces.pdf, as: "koval")
        #expect(long.status == 413 && long.words.contains("щонайбільше 100 аркушів"))
        recorder.answer = .failed("a font is missing")
        let failed = try stage.get(place + PrintPlaces.pdf, as: "koval")
        #expect(failed.status == 503 && failed.words.contains("Ctrl P") && !failed.words.contains("font"))
    }

    @Test("papers are drawn on a lane of their own, at addresses of their own")
    func lane() throws {
        let papers = Web.routes.filter { $0.path.hasSuffix(PrintPlaces.pdf) }
        #expect(papers.count == 5 && papers.allSatisfy { $0.lane == .papers && $0.entry == .signedIn })
        #expect(Web.place(of: "GET", "/cards/Б-57/2/print/pdf")?.lane == .papers)
        #expect(Web.place(of: "GET", "/cards/Б-57/2/print")?.lane == .reading)
    }
}
