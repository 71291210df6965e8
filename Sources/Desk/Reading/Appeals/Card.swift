package import Appeals
package import CanonicalJSON
import Replication

/// An appeal's card: all that its people see of it.
package struct Card {
    package let id: String
    /// Empty until it has a registration index.
    package let index: String
    package let state: AppealState
    /// How it ended without a department; nil if it did not.
    package let ending: Ending?
    /// Registers of the appeal itself that have a value.
    package let registers: JSONObject
    /// Its addresses, of the applicant and of the issues.
    package let addresses: [CardAddress]
    /// By number.
    package let issues: [CardEntity]
    package let phones: [CardContact]
    package let emails: [CardContact]
    /// In the order in which the office decided them.
    package let assignments: [CardAssignment]
    /// In the office's order, own unsent ones last.
    package let facts: [ShownFact]
    /// Items of the appeal by name, whatever became of them: clashes of values, disagreements, work that waited.
    package let conflicts: [CardItem]
    package let disagreements: [CardItem]
    package let held: [CardItem]
    /// Of these what a person must settle now.
    package let cases: [OpenCase]
    /// Of two values of a field: who wrote the one in force and when, by the id of the case.
    package let writers: [String: Recorded]
    /// Own operations that are not with the office yet.
    package let unsent: [CardUnsent]
    /// What became of disagreements and of work that waited.
    package let outcomes: [CardOutcome]
    /// Fields that this node is not shown.
    package let hidden: Set<String>
    /// Who entered the registration, as far as this node has the act.
    package let recordedBy: Author?
    /// By when an appeal in operational mode is to be dealt with.
    package let operational: CivilDate?
    /// That its term was counted with days that the calendar in force does not have; nil if it has them all.
    package let provisional: Label?
    /// Names of everybody whom the card mentions.
    package let names: PrintedNames
    /// How the control date stands today; nil without one, off control, or if the calendar in force cannot be read.
    package let deadline: DeadlineState?

    /// What a person calls it.
    package var title: String { index.isEmpty ? id : index }
}

/// One issue of a card, or another thing that has registers of its own.
package struct CardEntity {
    package let id: String
    /// Its registers that have a value, by their bare names.
    package let registers: JSONObject

    package init(id: String, registers: JSONObject) {
        self.id = id
        self.registers = registers
    }
}

/// A phone or an e-mail of the applicant.
package struct CardContact {
    package let id: String
    package let value: JSON
    /// What was typed for it where that says more, whoever added it.
    package let typed: [String]

    package init(id: String, value: JSON, typed: [String]) {
        self.id = id
        self.value = value
        self.typed = typed
    }
}

/// One assignment of a card.
package struct CardAssignment {
    package let assignment: ShownAssignment
    /// The department's printed name, or its id.
    package let departmentName: String
    /// Its registers that have a value, by their bare names.
    package let registers: JSONObject

    package init(assignment: ShownAssignment, departmentName: String, registers: JSONObject) {
        self.assignment = assignment
        self.departmentName = departmentName
        self.registers = registers
    }

    /// Who was appointed there.
    package var person: String? { registers["person"]?.string }
    /// Its own term, `2026-05-14`.
    package var term: String? { registers["term"]?.string }
    /// The ids of the issues that it is about; nil if it is about all.
    package var issues: [String]? { registers["issues"]?.array?.compactMap(\.string) }
}

/// An item of a section with its name.
package struct CardItem {
    package let name: String
    package let value: JSON

    package init(name: String, value: JSON) {
        self.name = name
        self.value = value
    }
}

/// An own operation on an appeal that is not with the office yet.
package struct CardUnsent {
    package let write: String
    package let kind: String

    package init(write: String, kind: String) {
        self.write = write
        self.kind = kind
    }
}

extension Desk {
    /// The card of an appeal: named by index, id, or the unique beginning of its id.
    ///
    /// Refused with what to do if there is none, it left this node, or it is kept from the reader. An appeal is bounded by
    /// the rules (`Limits`), and so is its card.
    package func card(_ name: String) throws -> Card {
        try read { reading in
            let shown = try shownAppeal(name, reading)
            let facts = ShownFact.all(of: shown.appeal)
            let outcomes = CardOutcome.all(of: shown.appeal)
            let cases = shown.cases
            let recordedBy = try recordedBy(shown.appeal, reading)
            let writers = try writers(of: cases, shown.appeal, reading)
            let counted = try counted(shown.appeal, reading)
            return Card(
                id: shown.id,
                index: shown.index,
                state: AppealState(of: shown.appeal),
                ending: shown.appeal.register("endedAs")?.string.flatMap(Ending.init),
                registers: shown.registers,
                addresses: try addresses(shown.appeal, reading),
                issues: shown.issues,
                phones: shown.contacts("contact.phone"),
                emails: shown.contacts("contact.email"),
                assignments: try ShownAssignment.all(of: shown.appeal).map { assignment in
                    CardAssignment(
                        assignment: assignment,
                        departmentName: try departmentName(assignment.department, reading),
                        registers: shown.registers(of: assignment.entity)
                    )
                },
                facts: facts,
                conflicts: shown.section(.conflicts),
                disagreements: shown.section(.disagreements),
                held: shown.section(.held),
                cases: cases,
                writers: writers,
                unsent: shown.unsent.map { CardUnsent(write: "\($0.origin):\($0.number)", kind: $0.kind) },
                outcomes: outcomes,
                hidden: try hidden(shown.appeal, reading),
                recordedBy: recordedBy,
                operational: counted?.due.internalTarget,
                provisional: counted?.provisional,
                names: try names(
                    of: shown.people(facts, outcomes, cases)
                        .union([recordedBy?.user ?? ""] + writers.values.map(\.author.user)),
                    departments: shown.departments(outcomes, cases).union(writers.values.map(\.author.node)),
                    reading
                ),
                deadline: try deadline(
                    shown.appeal,
                    isExtended: facts.contains { $0.name.kind == "extension" } && !shown.isExtensionUnused,
                    reading
                )
            )
        }
    }

    private func deadline(
        _ appeal: Aggregate,
        isExtended: Bool,
        _ reading: any StoreReading
    ) throws -> DeadlineState? {
        guard appeal.register("control")?.string != "removed",
            let due = appeal.register("due.control")?.string.flatMap({ CivilDate($0) })
        else { return nil }
        // A card is shown whatever was published as a calendar.
        do {
            let calendar = try calendar(reading)
            return DeadlineState(due: due, today: today, calendar: calendar, isExtended: isExtended)
        } catch is CalendarRefusal { return nil }
    }
}

extension ShownAppeal {
    /// Whoever the card names: authors, deciders, executors, whom it is about.
    fileprivate func people(_ facts: [ShownFact], _ outcomes: [CardOutcome], _ cases: [OpenCase]) -> Set<String> {
        let executors = appeal.items(.registers, beginning: "person@").compactMap(\.item.value.string)
        let named = facts.map(\.people) + outcomes.compactMap { $0.work?.people } + cases.map(\.people)
        let people = Complaint(appeal).persons.union(executors + outcomes.compactMap(\.author?.user))
        return named.reduce(into: people) { $0.formUnion($1) }
    }

    /// Departments that it names beside those of its assignments.
    fileprivate func departments(_ outcomes: [CardOutcome], _ cases: [OpenCase]) -> Set<String> {
        let told =
            outcomes.flatMap { ($0.work?.departments ?? []) + [$0.author?.node ?? ""] } + cases.flatMap(\.departments)
        return Complaint(appeal).departments.union([appeal.register("home")?.string ?? ""] + told)
    }

    /// Whether the last extension was not needed, since the answer had gone out before (C8).
    fileprivate var isExtensionUnused: Bool {
        let last = ShownFact.all(of: appeal, "extension").last
        return last.map { appeal[.disagreements, "extension@" + $0.name.write]?.value["unused"]?.bool == true } ?? false
    }

    fileprivate var registers: JSONObject {
        JSONObject(
            members: appeal.items(.registers).filter { Names.entity($0.name) == nil && !$0.item.value.isNull }
                .map { ($0.name, $0.item.value) }
        )
    }

    fileprivate func registers(of entity: String) -> JSONObject {
        JSONObject(
            members: appeal.items(.registers).filter { Names.entity($0.name) == entity && !$0.item.value.isNull }
                .map { (Names.bare($0.name), $0.item.value) }
        )
    }

    fileprivate var issues: [CardEntity] {
        appeal.entities(with: "issue").map { CardEntity(id: $0, registers: registers(of: $0)) }
            .sorted { ($0.number, $0.id) < ($1.number, $1.id) }
    }

    /// Each value once, whoever added it.
    fileprivate func contacts(_ bare: String) -> [CardContact] {
        let isPhone = bare == "contact.phone"
        let all = appeal.entities(with: bare).compactMap { entity -> (entity: String, value: JSON, said: String)? in
            guard let value = appeal.register(bare + "@" + entity), let text = value.string else { return nil }
            return (entity, value, isPhone ? Desk.number(text) : text)
        }
        return all.map(\.said).uniqued().compactMap { said in
            let equal = all.filter { $0.said == said }
            let typed = isPhone ? equal.compactMap { Desk.typed($0.entity, appeal) }.uniqued() : []
            return equal.first.map { CardContact(id: $0.entity, value: $0.value, typed: typed) }
        }
    }

    fileprivate func section(_ section: Section) -> [CardItem] {
        appeal.items(section).map { CardItem(name: $0.name, value: $0.item.value) }
    }
}

extension CardEntity {
    /// Of an issue: its place on the card.
    package var number: Int64 { registers["issue"]?.integer ?? 0 }
}
