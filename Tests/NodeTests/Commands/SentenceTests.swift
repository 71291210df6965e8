import Appeals
import Commands
import Desk
import Testing

/// What a sentence of the desk names is typed at a terminal as the table has it.
@Suite("A sentence of the desk at a terminal")
struct SentenceTests {
    private func typed(_ phrase: Phrase) -> String { Sentence(uk: phrase, en: phrase).text(.ukrainian) }

    @Test("an input is an option, with the value that is suggested")
    func inputs() {
        #expect(typed("бракує \(.input("main", "DEPT")): кому") == "бракує --main DEPT: кому")
        #expect(typed("\(.input("phone")) або \(.input("email"))") == "--phone або --email")
    }

    @Test("an act is a command: operands bare and in their places, options behind their names, flags alone")
    func acts() {
        let granted: Phrase = "\(.toDo(.roleGrant, ["user": "nova", "role": "ROLE", "department": "zhkg"]))"
        #expect(typed(granted) == "kartoteka role grant nova ROLE --department zhkg")
        #expect(typed("\(.named(.answerDraft, ["result": ""]))") == "answer draft --result")
        #expect(typed("\(.toDo(.appealErase, ["reason": "Акт № 5"]))") == "kartoteka appeal erase --reason \"Акт № 5\"")
        #expect(typed("\(.data(.calendarShow))") == "calendar show --json")
    }

    @Test("what is done at the machine is a command of the program that there is")
    func machine() throws {
        for act in MachineAct.allCases {
            let words = typed("\(.atMachine(act))").split(separator: " ").map(String.init)
            #expect(words.first == "kartoteka")
            #expect(typed("\(.namedAtMachine(act))") == words.dropFirst().joined(separator: " "))
            let options = words.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
            let name = words.dropFirst().dropLast(options.count).joined(separator: " ")
            let command = try #require(Commands.named(name), "\(name)")
            #expect(options.allSatisfy { option in command.options.contains { $0.name == option } })
        }
    }

    @Test("what a sentence gives an act are inputs that the act has")
    func given() {
        for reason in Reason.allCases {
            let remedy = DeskError.remedy(of: reason)
            for part in remedy.uk.parts + remedy.en.parts {
                guard case .mention(let mention) = part else { continue }
                switch mention {
                case .toDo(let row, let given), .named(let row, let given):
                    let known = Set(row.inputs.map(\.name))
                    #expect(given.allSatisfy { known.contains($0.key) }, "\(reason): \(row.name)")
                default: continue
                }
            }
        }
    }
}
