import Appeals
import CanonicalJSON
import Replication

extension Desk {
    /// Fields of a card, and of its issues by their full names, that this node is not shown, whether they are filled in or not;
    /// none at the office.
    func hidden(_ appeal: Aggregate, _ reading: any StoreReading) throws -> Set<String> {
        guard !isOffice else { return [] }
        let views = Slice.views(of: appeal, today: today, office: try reading.value(Values.office) ?? "")
        guard let view = views[place.node] else { return [] }
        let own = Set(appeal.entities(with: "department", being: place.node))
        let ofIssues = appeal.entities(with: "issue").flatMap { issue in Card.ofIssue.map { $0 + "@" + issue } }
        return Set((Card.fields + ofIssues).filter { !view.shows(.registers, $0, own: own) })
    }

    /// Who entered the registration, as far as this node has the act; nil if it has not.
    func recordedBy(_ appeal: Aggregate, _ reading: any StoreReading) throws -> Author? {
        guard let write = appeal[.registers, "registeredOn"].flatMap({ WriteName($0.write) }),
            let record = try reading.operation(write.origin, write.number), record.kind == "appeal.registered"
        else { return nil }
        let told = ToldOperation(record)
        return told.user.isEmpty ? nil : Author(user: told.user, node: told.node)
    }

    /// Who wrote the values in force that stand in cases, and when, by case; as far as this node has the acts.
    func writers(of cases: [OpenCase], _ appeal: Aggregate, _ reading: any StoreReading) throws -> [String: Recorded] {
        var found: [String: Recorded] = [:]
        for open in cases where open.section == .conflicts {
            guard let register = appeal[.conflicts, open.name]?.value["register"]?.string,
                let write = appeal[.registers, register].flatMap({ WriteName($0.write) })
            else { continue }
            let told = try reading.operation(write.origin, write.number).map(ToldOperation.init)
            found[open.id] = Recorded(
                author: Author(user: told?.user ?? "", node: write.origin.node),
                at: told?.authoredAt
            )
        }
        return found
    }

    /// How the term is counted without extensions; nil where there is none, and where it cannot be counted.
    func counted(_ appeal: Aggregate, _ reading: any StoreReading) throws -> Derivation? {
        // A card is shown whatever was published as a calendar.
        do { return try derivation(of: appeal, calendar(reading)) } catch is CalendarRefusal {
            return nil
        } catch is DeadlineRefusal { return nil }
    }
}

extension Card {
    /// Registers that a card shows in this order, in three groups: the registration, the applicant, the rest.
    package static let registration = [
        "registeredOn", "receivedAt", "channel", "addressee", "kind", "receiptSign", "subjectType", "signatories",
        "home",
    ]
    package static let applicant = [
        "applicant.name", "applicant.sex", "applicant.address", "applicant.workplace", "applicant.category",
        "applicant.socialStatus",
    ]
    package static let contacts = ["contact.phone", "contact.email"]
    package static let rest = [
        "priority", "confidential", "replyPreference", "external", "repeatOf", "duplicateOf", "complainedAgainst",
        "formerIndex",
    ]
    /// Of each issue.
    package static let ofIssue = ["heading", "question", "problemAddress", "district", "result"]
    /// All of the appeal's own, with the words.
    static let fields = registration + applicant + contacts + rest + ["text"]
}
