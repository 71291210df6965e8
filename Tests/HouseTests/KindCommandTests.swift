import Appeals
import Commands
import Desk
import Testing

/// Every kind of operation can be written by somebody, and what a row of the table says it writes is a kind.
struct KindCommandTests {
    /// Kinds that no row writes, each with the reason.
    private let without: [String: String] = [:]

    @Test("every kind of operation has a row of the table, or stands in the list of those that have none")
    func kinds() {
        #expect(Kinds.all.count >= 30)
        let written = Set(Commands.all.compactMap { UseCaseWrites.of($0.name) }.flatMap(\.all))
        for kind in Kinds.all.map(\.name) {
            #expect(written.contains(kind) != (without[kind] != nil), "\(kind): give it a row in UseCaseWrites")
        }
        #expect(written.isSubset(of: Kinds.all.map(\.name)))
    }

    @Test("every command has a row with a type for each of its operands and options, and every row has a command")
    func rows() {
        #expect(Commands.all.flatMap(\.lacks) == [])
        #expect(Set(Commands.all.map(\.name)) == UseCaseWrites.names)
        let inputs = Set(Commands.all.flatMap { row in (row.operands + row.options).map { "\(row.name) \($0.name)" } })
        #expect(InputTypes.special.filter { !inputs.contains($0) } == [], "no such command or option")
    }

    @Test("who may is derived from the parties of the kinds, with words for each role")
    func parties() throws {
        #expect(Set(Wording.roles) == Kinds.officeRoles.union(Kinds.departmentRoles))
        for role in Wording.roles { #expect(Wording.roleOfPerson(role) != Label(role), "\(role)") }
        for command in Commands.all {
            let writes = try #require(UseCaseWrites.of(command.name))
            #expect(!writes.whoMay.uk.isEmpty && !writes.whoMay.en.isEmpty, "\(command.name)")
            guard writes.standing == .parties else { continue }
            #expect(!writes.kinds.isEmpty, "\(command.name)")
            let asks = command.options.contains { $0.name == "as" && $0.isRequired }
            #expect(asks, "\(command.name): whoever acts has to say who")
            for kind in writes.kinds.compactMap(Kinds.named) {
                for (party, roles) in kind.parties where party == .office || !writes.isOfOffice {
                    let shown = writes.permissions.first { $0.party == party }?.roles ?? []
                    #expect(roles.isSubset(of: shown), "\(command.name): \(party)")
                }
            }
        }
        let approve = try #require(UseCaseWrites.of("answer approve"))
        #expect(approve.whoMay.en == "the main executor: head, deputy head; a co-executor: head, deputy head")
    }

    @Test("codes that an option takes are those of the field that it goes into")
    func codes() throws {
        let fields: [(row: String, input: String, kind: String, field: String)] = [
            ("appeal register", "channel", "appeal.registered", "channel"),
            ("appeal register", "kind", "appeal.registered", "kind"),
            ("appeal register", "sign", "appeal.registered", "receiptSign"),
            ("appeal register", "subject", "appeal.registered", "subjectType"),
            ("appeal register", "reply", "appeal.registered", "replyPreference"),
            ("answer draft", "result", "answer.drafted", "result"),
            ("answer dispatch", "to", "answer.dispatched", "to"),
            ("answer dispatch", "by", "answer.dispatched", "by"), ("feedback add", "how", "feedback.recorded", "how"),
            ("document add", "document", "document.recorded", "document"),
            ("role grant", "role", "role.granted", "role"), ("role revoke", "role", "role.revoked", "role"),
        ]
        for (row, input, kind, field) in fields {
            let type = try #require(Kinds.named(kind)?.fields.first { $0.name == field }?.type)
            guard case .code(let codes) = type else {
                Issue.record("\(kind).\(field) takes no codes")
                continue
            }
            #expect(Set(InputTypes.type(input, of: row)?.codes.map(\.code) ?? []) == codes, "\(row) --\(input)")
        }
    }

    @Test("a limit is the schema's: the words of an answer, a number, a person's id")
    func limits() {
        #expect(InputTypes.type("text", of: "answer draft") == .text(longest: Limits.text))
        #expect(InputTypes.type("reason", of: "answer return") == .text(longest: Limits.string))
        #expect(InputTypes.type("signatories", of: "appeal register") == .number(1...1_000_000))
        #expect(InputTypes.type("user", of: "role grant")?.longest == Limits.identifier)
    }
}
