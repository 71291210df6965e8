import Appeals
import Desk
import Replication

/// Where each change of an appeal is now: saved, received, decided, durable, read.
extension WebCall {
    /// Acts of one page.
    private static let shownPaths = 200

    func paths() throws -> WebReply {
        let name = parameters["appeal"] ?? ""
        let paths = try desk.paths(ofAppeal: name, limit: Self.shownPaths)
        let place = "/cards/" + Self.encoded(name)
        let nodes = Set(paths.operations.map(\.operation.node))
        let names = try desk.read { try desk.names(of: [], departments: nodes, $0) }
        let title = say("Де зараз зміни", "Where the changes are")
        return try page(title + " · " + name, here: "") {
            try tag("div", ["class": "tight"]) {
                tag("a", ["class": "small", "href": place, "data-back": ""]) {
                    icon(.back)
                    say(" До картки ", " To the card ") + name
                }
                tag("h1") { title }
                try asOf()
            }
            if let kept = paths.keptAfterLeaving {
                note(.plain) {
                    say(
                        "Картка вибула з цього підрозділу; її дій тут ще: \(kept).",
                        "The card left this department; acts of it still here: \(kept)."
                    )
                }
            }
            if let holders = paths.holders { held(holders, paths.names) }
            tag("section", ["class": "sheet"]) {
                tag("header") { tag("h2") { say("Дії", "Acts") } }
                if paths.operations.isEmpty {
                    tag("p", ["class": "empty"]) {
                        say(
                            "Цей вузол нічого з нею не робив; чуже прийшло від Центру підтвердженим.",
                            "This node did nothing with it; what others did came from the office confirmed."
                        )
                    }
                } else {
                    tag("ol", ["class": "tl", "role": "list"]) {
                        for one in paths.operations.reversed() { path(one, names) }
                    }
                }
            }
        }
    }

    private func held(_ holders: [TenureRecord], _ names: PrintedNames) -> Markup {
        let departments = holders.map { Space.reader(of: $0.stream) }.filter { !$0.isEmpty }
        return tag("p") {
            departments.isEmpty
                ? say("Жоден підрозділ її зараз не має.", "No department has it now.")
                : say("Мають її: ", "It is with: ") + departments.map { names.department($0) }.joined(separator: ", ")
        }
    }

    private func path(_ path: OperationPath, _ nodes: PrintedNames) -> Markup {
        let operation = path.operation
        return tag("li", ["class": operation.status == nil ? "up" : nil]) {
            tag("h3") { say(Wording.kind(operation.kind)) }
            tag("p", ["class": "soft small"]) {
                path.names.person(operation.user) + ", " + nodes.department(operation.node) + " · "
                    + moment(operation.at)
            }
            tag("ul", ["class": "ticks small"]) {
                for step in path.steps {
                    tag("li") {
                        icon(step.isDone ? .check : .ring)
                        tag("span") {
                            say(step.label).capitalizedFirst + (step.isDone ? "" : say(" – ще ні", " – not yet"))
                        }
                    }
                }
            }
        }
    }
}
