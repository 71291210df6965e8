import Appeals
import Commands
import Desk
import Testing

/// Every kind of operation can be written by somebody, and what a row of the table says of itself is so.
struct KindCommandTests {
    /// Kinds that no row writes, each with the reason.
    private let without = [
        "administrator.named": "the owner of a stopped office's directory does it, at the machine"
    ]

    @Test("every kind of operation has a row of the table, or stands in the list of those that have none")
    func kinds() {
        #expect(Kinds.all.count >= 30)
        let written = Set(UseCase.all.flatMap(\.writes.all))
        for kind in Kinds.all.map(\.name) {
            #expect(written.contains(kind) != (without[kind] != nil), "\(kind): give it a row in Desk/Table/Rows")
        }
        #expect(Set(Commands.rows.flatMap(\.writes.all)).isSubset(of: Kinds.all.map(\.name)))
    }

    @Test("every row has a command, and every other command is the program's own")
    func faces() {
        let shown = Set(Commands.rows.map(\.name))
        for row in UseCase.all { #expect(shown.contains(row.name), "\(row.name): give it a body in Commands") }
        #expect(shown.count == Commands.all.count)
        let ofDesk = Set(UseCase.all.map(\.name))
        #expect(ofDesk.count == UseCase.all.count && ofDesk.count > 50)
        for row in Commands.rows {
            let isOfProgram = row.writes.standing == .machine && row.place == .withoutNode
            #expect(isOfProgram != ofDesk.contains(row.name), "\(row.name): its row belongs in Desk/Table/Rows")
        }
        // A row that stands in none of the lists is seen by nobody else.
        let written = Project.swift.filter { $0.path.hasPrefix("Sources/Desk/Table/Rows/") }
            .reduce(0) { count, source in count + source.code.count { $0.contains("= UseCase(") } }
        #expect(written == UseCase.all.count)
    }

    @Test("who may is derived from the parties of the kinds, with words for each role")
    func parties() throws {
        #expect(Set(Wording.roles) == Kinds.officeRoles.union(Kinds.departmentRoles))
        for role in Wording.roles { #expect(Wording.roleOfPerson(role) != Label(role), "\(role)") }
        for row in Commands.rows {
            let writes = row.writes
            #expect(!writes.whoMay.uk.isEmpty && !writes.whoMay.en.isEmpty, "\(row.name)")
            guard writes.standing == .parties else { continue }
            #expect(!writes.kinds.isEmpty, "\(row.name)")
            let asks = row.options.contains { $0.name == "as" && $0.isRequired }
            #expect(asks, "\(row.name): whoever acts has to say who")
            for kind in writes.kinds.compactMap(Kinds.named) {
                for (party, roles) in kind.parties where party == .office || !writes.isOfOffice {
                    let shown = writes.permissions.first { $0.party == party }?.roles ?? []
                    #expect(roles.isSubset(of: shown), "\(row.name): \(party)")
                }
            }
        }
        let whoMay = UseCase.answerApprove.writes.whoMay.en
        #expect(whoMay == "the main executor: head, deputy head; a co-executor: head, deputy head")
    }

    @Test("an example gives every input that is required, and none that the row does not have")
    func examples() {
        for row in Commands.rows {
            let known = Set((row.inputs + Commands.common).map(\.name))
            #expect(row.example.map(\.input).filter { !known.contains($0) } == [], "\(row.name)")
            for input in row.inputs where input.isRequired {
                let isGiven = row.example.contains { $0.input == input.name && !$0.value.isEmpty }
                #expect(isGiven, "\(row.name) \(input.name)")
            }
            for (name, value) in row.example {
                let input = (row.inputs + Commands.common).first { $0.name == name }
                #expect((input?.type == .flag) == value.isEmpty, "\(row.name) \(name)")
                let codes = input?.type.codes.map(\.code) ?? []
                #expect(codes.isEmpty || codes.contains(value), "\(row.name) \(name): \(value)")
            }
        }
    }
}
