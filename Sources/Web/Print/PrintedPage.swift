import Appeals
import CanonicalJSON
import Desk
import Papers

/// A paper, and what stands beside it on the screen alone.
struct PrintedSheet {
    let title: String
    let back: (place: String, words: String)
    /// What of it is not with the office yet.
    let unsent: String
    /// With the margins of a letter, not of a form.
    var isLetter = false
    /// Ways to other papers.
    var others = Markup()
    let blocks: [PaperBlock]
}

/// What is found at the address of a paper.
enum Printed {
    case sheet(PrintedSheet)
    /// There is nothing to print, and why.
    case none(WebReply)

    /// The sheet as a face shows it, or why there is none.
    func reply(_ face: (PrintedSheet) throws -> WebReply) throws -> WebReply {
        switch self {
        case .sheet(let sheet): try face(sheet)
        case .none(let reply): reply
        }
    }
}

extension WebCall {
    /// The paper with its foot.
    func paper(of sheet: PrintedSheet) throws -> Paper {
        Paper(
            title: sheet.title,
            language: language.rawValue,
            made: now,
            isLetter: sheet.isLetter,
            blocks: sheet.blocks + [.foot(try foot(sheet.unsent))],
            words: PaperWords(
                sheet: say("арк. ", "sheet "),
                of: say(" з ", " of "),
                continued: say(", продовження", ", continued"),
                unknown: say("знак, якого немає в шрифтах", "a sign that no font has")
            )
        )
    }

    /// The paper on the screen, as the browser prints it: above it a bar with the way back.
    func page(of sheet: PrintedSheet) throws -> WebReply {
        let paper = try paper(of: sheet), node = try desk.read { try nodeName($0) }
        let body = tag("body") {
            tag("div", ["class": "noprint plain-bar"]) {
                tag("a", ["href": sheet.back.place]) {
                    icon(.back)
                    " " + sheet.back.words
                }
                tag("span", ["class": "soft"]) {
                    say("А4, чорно-білий друк (Ctrl P) · дані станом на ", "A4, black and white (Ctrl P) · data as of ")
                        + moment(now) + say(", вузол ", ", node ") + node
                }
                sheet.others
                pdfLink
                tag("button", ["class": "btn btn-act", "type": "button", "data-print": ""]) {
                    icon(.print)
                    say(" Друкувати", " Print")
                }
            }
            tag("main", ["class": paper.isLetter ? "a4 a4-letter" : "a4", "id": "main", "tabindex": "-1"]) {
                for block in paper.blocks { block.markup }
            }
            Icon.sprite
        }
        return document(sheet.title, status: 200, failed: false, body)
    }

    /// Who printed it, when, at which node, and what of it was not sent.
    private func foot(_ unsent: String) throws -> String {
        let user = person?.user ?? ""
        let (name, node) = try desk.read { (try desk.names(of: [user], $0).person(user), try nodeName($0)) }
        let parts = [
            say("Надруковано ", "Printed ") + moment(now), name, say("вузол ", "node ") + node, unsent,
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Which acts of a card the office has not, by their names.
    func unsent(_ card: Card) -> String {
        guard !card.unsent.isEmpty else { return "" }
        let acts = card.unsent.map { say(Wording.kind($0.kind)).lowercasedFirst }.uniqued().joined(separator: ", ")
        return say(Counted.unsent(card.unsent.count)) + ": " + acts
    }

    /// A register of a card in words: that this node is not shown it, or nothing where nothing was given.
    func printed(_ register: String, _ card: Card) -> String {
        if card.hidden.contains(register) { return say("не показано цьому вузлу", "not shown to this node") }
        guard let value = card.registers[register] else { return "" }
        return printed(wording.text(register, value)).capitalizedFirst
    }

    /// Lines of one cell or paragraph, without those that say nothing.
    func lines(_ lines: [String]) -> [PaperLine] { lines.filter { !$0.isEmpty }.map { PaperLine($0) } }

    /// The head of a paper of an office or a department.
    func letterhead(_ department: String, _ officeName: String) -> PaperBlock {
        let council = say("Виконавчий комітет міської ради", "Executive committee of the city council")
        return .lines(lines([council, officeName] + (department == officeName ? [] : [department])), .letterhead)
    }

    /// Place, name and a line to sign on; below it a free place for an electronic signature.
    func signature(_ position: String, _ name: String) -> PaperBlock {
        .signature(
            position: position.capitalizedFirst,
            name: name,
            place: say("Місце для електронного підпису", "Place for an electronic signature")
        )
    }
}
