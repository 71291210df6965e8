/// The tree of the document's structure: each mark gets what cairo could not say of it.
struct Structure {
    private let file: PDFFile
    private let marks: [Mark]

    init(_ file: PDFFile, _ marks: [Mark]) {
        self.file = file
        self.marks = marks
    }

    /// - Throws: `PaperTrouble.failed` if the tree is not what was drawn.
    func complete() throws {
        var rest = marks[...]
        for element in elements(file.get(file.root, "/StructTreeRoot")) { try complete(element, &rest) }
        guard rest.isEmpty else { throw PaperTrouble.failed("\(rest.count) marks are not in the structure") }
    }

    private func complete(_ element: PDFFile.Object, _ rest: inout ArraySlice<Mark>) throws {
        guard let mark = rest.popFirst(), file.isName(file.get(element, "/S"), "/" + mark.name) else {
            throw PaperTrouble.failed("the structure has another order than what was drawn")
        }
        if let attributes = mark.attributes { file.set(element, "/A", try file.parsed(attributes)) }
        for child in elements(element) { try complete(child, &rest) }
    }

    /// The elements below this one, without content.
    private func elements(_ element: PDFFile.Object) -> [PDFFile.Object] {
        let kids = file.get(element, "/K")
        return (file.isArray(kids) ? file.items(kids) : [kids]).filter { file.isDictionary($0) && file.has($0, "/S") }
    }
}
