import Glibc
import Papers

/// What a PDF says of itself, twice: in its dictionary and as XMP, with the same words.
struct Metadata {
    static let tool = "Kartoteka"
    let title: String
    let language: String
    private let time: tm

    init(_ paper: Paper) {
        title = paper.title
        language = paper.language
        var seconds = time_t(paper.made / 1_000), time = tm()
        gmtime_r(&seconds, &time)
        self.time = time
    }

    /// A number with noughts before it.
    private func digits(_ number: Int32, _ count: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    private var day: [String] { [digits(time.tm_year + 1_900, 4), digits(time.tm_mon + 1), digits(time.tm_mday)] }
    private var clock: [String] { [digits(time.tm_hour), digits(time.tm_min), digits(time.tm_sec)] }

    /// The document information dictionary.
    func dictionary(producer: String) -> String {
        let date = "(D:" + (day + clock).joined() + "Z)"
        return "<< /Title \(PDFText.literal(title)) /Creator \(PDFText.literal(Self.tool)) "
            + "/Producer \(PDFText.literal(producer)) /CreationDate \(date) /ModDate \(date) >>"
    }

    /// XMP with the identification of PDF/A-2a: what the file is meant to be, which no tool here confirms.
    func xmp(producer: String) -> [UInt8] {
        let date = day.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
        let title = PDFText.xml(title), tool = PDFText.xml(Self.tool), producer = PDFText.xml(producer)
        return Array(
            """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <pdfaid:part>2</pdfaid:part>
            <pdfaid:conformance>A</pdfaid:conformance>
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(title)</rdf:li></rdf:Alt></dc:title>
            <dc:language><rdf:Bag><rdf:li>\(language)</rdf:li></rdf:Bag></dc:language>
            <pdf:Producer>\(producer)</pdf:Producer>
            <xmp:CreatorTool>\(tool)</xmp:CreatorTool>
            <xmp:CreateDate>\(date)</xmp:CreateDate>
            <xmp:ModifyDate>\(date)</xmp:ModifyDate>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """.utf8
        )
    }
}
