package import Appeals
package import CanonicalJSON

/// A fact of an appeal, as a card tells it.
package struct ShownFact {
    package let name: FactName
    package let item: Item
    /// Days that it states and that cannot be.
    package let breaches: [StatedDate.Breach]

    package init(name: FactName, item: Item, on appeal: Aggregate) {
        self.name = name
        self.item = item
        let recorded = (item.value["by"]?["clock"]?.string).flatMap(HybridClock.init).flatMap {
            KyivTime.date(at: $0.milliseconds)
        }
        breaches =
            recorded.map { today in
                StatedDate.breaches(
                    in: item.value.object ?? JSONObject(),
                    of: Self.kind(name, item),
                    on: appeal,
                    today: today
                )
            } ?? []
    }

    /// The kind of operation that recorded it, where that states a day.
    package static func kind(_ name: FactName, _ item: Item) -> String {
        switch name.kind {
        case "dispatch": "answer.dispatched"
        case "feedback": "feedback.recorded"
        case "document": "document.recorded"
        case "ending": "appeal." + (item.value["as"]?.string ?? "")
        default: ""
        }
    }

    /// Who recorded it; nil where the item does not tell.
    package var author: Author? { item.value["by"].map(Author.init) }
    /// Whose decision it records, where somebody else entered it: in which role, and as whose substitute on which ground.
    package var decider: Decider? { Decider(item.value) }
    /// The author's hybrid clock as text; empty where the item does not tell.
    package var clock: String { item.value["by"]?["clock"]?.string ?? "" }
    /// When it was recorded, unix milliseconds.
    package var at: Int64? { HybridClock(clock)?.milliseconds }

    /// All facts of an appeal in the office's order, own unsent ones last; with a kind only those.
    package static func all(of appeal: Aggregate, _ kind: String? = nil) -> [ShownFact] {
        appeal.items(.facts)
            .compactMap { name, item in
                guard let name = FactName(name), kind == nil || name.kind == kind else { return nil }
                return ShownFact(name: name, item: item, on: appeal)
            }
            .sorted { ($0.item.commit, $0.clock, $0.name.write) < ($1.item.commit, $1.clock, $1.name.write) }
    }
}

/// Who decided what somebody else entered.
package struct Decider: Sendable, Equatable {
    package let user: String
    /// nil where the fact does not tell.
    package let role: String?
    /// The ground of a substitution, as it was entered; nil if they stood in for nobody.
    package let substitution: Substitution?

    package init(user: String, role: String?, substitution: Substitution?) {
        self.user = user
        self.role = role
        self.substitution = substitution
    }

    /// Whether it says more than who entered the act: another person, or on what ground the same one decides.
    package func isTold(beside user: String?) -> Bool { self.user != user || substitution != nil }

    /// Of an act or of its fact; nil where whoever entered it decided.
    init?(_ value: JSON) {
        let author = value["author"]
        guard let user = author?["user"]?.string ?? author?.string ?? value["decidedBy"]?.string else { return nil }
        self.init(user: user, role: author?["role"]?.string, substitution: author.flatMap { Substitution($0) })
    }
}

/// Who did something, and at which node.
package struct Author: Sendable, Equatable {
    package let user: String
    package let node: String

    package init(user: String, node: String) {
        self.user = user
        self.node = node
    }

    /// Of the `by` of an item; empty names where it does not tell.
    package init(_ by: JSON) { self.init(user: by["user"]?.string ?? "", node: by["node"]?.string ?? "") }
}

/// Who recorded something and when.
package struct Recorded: Sendable, Equatable {
    /// The person is empty where this node does not know them.
    package let author: Author
    /// Unix milliseconds by the author's clock; nil where this node does not know it.
    package let at: Int64?
}
