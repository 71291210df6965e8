import CanonicalJSON
import Testing

@testable import Appeals

/// Every pair and triple of concurrent acts that the kinds of the domain allow, from several common states.
///
/// Nothing is chosen by hand: the acts are all that the forms of the kinds can say on each copy of the appeal. Acts of one
/// copy are never concurrent; the office's second screen meets the others in pairs.
@Suite("Of all concurrent acts, in every order of delivery to the office")
struct JudgePermutationTests {
    /// What was tried and what was found from one common state.
    struct Tally {
        var acts = 0
        var unable = 0
        var groups = 0
        var orders = 0
        var same = 0
        var wrong: [String] = []
    }

    /// An order of a group with what each act was told and the state at the end.
    struct Told {
        let order: [Int]
        let outcomes: [Int: Outcome]
        let after: Int
    }

    private func deliveries(_ common: CommonState, _ tally: inout Tally) throws -> Deliveries {
        let scene = try common.scene()
        let acts = try Replica.all(of: scene).flatMap { replica in
            try Kinds.appeal.flatMap { try replica.acts($0, unable: &tally.unable) }
        }
        tally.acts = acts.count
        return Deliveries(scene, acts)
    }

    private func groups(_ acts: [Act], _ size: Int) -> [[Int]] {
        var groups: [[Int]] = [[]]
        for _ in 0..<size {
            groups = groups.flatMap { group -> [[Int]] in
                let replicas = group.map { acts[$0].replica } + (size > 2 ? ["second screen"] : [])
                return ((group.last ?? -1) + 1..<acts.count).filter { !replicas.contains(acts[$0].replica) }
                    .map { group + [$0] }
            }
        }
        return groups
    }

    @Test("every kind of act on an appeal can be written from some common state")
    func everyKind() throws {
        var written: Set<String> = []
        for common in CommonState.all {
            var tally = Tally()
            written.formUnion(try deliveries(common, &tally).acts.map(\.kind))
        }
        let missing = Kinds.appeal.map(\.name).filter { !written.contains($0) }
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test(
        """
        the same facts, open cases and registers in force remain, but for what was written by or about an act whose \
        author was told another outcome, for cases that one of the acts settles or decides the held work of, and for registers in which the later \
        writer is in force
        """,
        arguments: CommonState.all
    )
    func sameResult(common: CommonState) throws {
        var tally = Tally()
        let deliveries = try deliveries(common, &tally)
        for size in [2, 3] {
            for group in groups(deliveries.acts, size) {
                tally.groups += 1
                let told = try Deliveries.orders(group).map { order in
                    let (outcomes, after) = try deliveries.deliver(order)
                    return Told(
                        order: order,
                        outcomes: Dictionary(uniqueKeysWithValues: zip(order, outcomes)),
                        after: after
                    )
                }
                tally.orders += told.count
                try account(told, deliveries, &tally)
                compare(told, deliveries, &tally)
            }
        }
        print(
            "\(common.testDescription): \(tally.acts) acts (\(tally.unable) forms refused by the advice),",
            "\(tally.groups) groups in \(tally.orders) orders, \(tally.same) with one result in all orders,",
            "\(deliveries.judged) judgements"
        )
        #expect(tally.wrong.isEmpty, "\(tally.wrong.count): \(tally.wrong.prefix(8).joined(separator: "\n"))")
    }

    // MARK: every act is accounted for

    /// An act leaves its effect, a row that names it, or a reason that its author is told; a department's act is never
    /// refused for a clash.
    private func account(_ told: [Told], _ deliveries: Deliveries, _ tally: inout Tally) throws {
        for one in told where one.after != Deliveries.erased {
            for (act, outcome) in one.outcomes.sorted(by: { $0.key < $1.key }) where outcome.reason == nil {
                if deliveries.view(one.after).traces.contains(deliveries.acts[act].write) { continue }
                if try isOverwritten(act, one, deliveries) { continue }
                tally.wrong.append("nothing is left of \(deliveries.acts[act].name) in \(text(one, deliveries))")
            }
        }
    }

    /// Whether all that an act wrote was written again: with an equal value, or by a person who settled a case.
    private func isOverwritten(_ act: Int, _ told: Told, _ deliveries: Deliveries) throws -> Bool {
        let settling: Set<String> = ["disagreement.settled", "held.adopted", "held.declined", "conflict.settled"]
        if settling.contains(deliveries.acts[act].kind) { return true }
        let (_, after) = try deliveries.deliver(Array(told.order.prefix { $0 != act }) + [act])
        let wrote = deliveries.view(after).registers.filter { $0.value.write == deliveries.acts[act].write }
        let final = deliveries.view(told.after).registers
        let settlers = told.order.drop { $0 != act }.filter { settling.contains(deliveries.acts[$0].kind) }
            .map { deliveries.acts[$0].write }
        return !wrote.isEmpty
            && wrote.allSatisfy { name, item in
                guard let last = final[name] else { return false }
                return last.value == item.value || settlers.contains(last.write)
            }
    }

    // MARK: orders are compared

    private func compare(_ told: [Told], _ deliveries: Deliveries, _ tally: inout Tally) {
        let first = told[0]
        var isSame = true
        for other in told.dropFirst() {
            let differing = first.order.filter { first.outcomes[$0]?.text != other.outcomes[$0]?.text }
            if first.after == other.after { continue }
            isSame = false
            let found = unexplained(first, other, differing.map { deliveries.acts[$0] }, deliveries)
            guard !found.isEmpty else { continue }
            tally.wrong.append("\(found): \(text(first, deliveries)) against \(text(other, deliveries))")
        }
        if isSame { tally.same += 1 }
    }

    /// What differs between two orders though nobody was told of it.
    private func unexplained(_ one: Told, _ other: Told, _ differing: [Act], _ deliveries: Deliveries) -> [String] {
        let found = deliveries.differences(one.after, other.after)
        let views = [deliveries.view(one.after), deliveries.view(other.after)]
        let writes = Set(differing.map(\.write))
        func isAbout(_ text: String) -> Bool {
            differing.contains { act in
                text.contains(act.write) || act.decides.contains { text.contains($0) }
            }
        }
        let facts = found.facts.filter { name in
            !isAbout(name) && !isAdopted(name, views, differing)
                && !views.contains { writes.contains($0.facts[name]?.write ?? "") }
        }
        let registers = found.registers.filter { name in
            !isAbout(name) && !views.contains { writes.contains($0.registers[name]?.write ?? "") }
                && !isOfTheLater(name, zip([one, other], views.map { $0.registers[name] }), deliveries)
        }
        let open = found.open.filter { name in
            let state = Names.entity(name).map { "state@" + $0 } ?? ""
            return !isAbout(name + views.compactMap { $0.open[name]?.value.canonicalText }.joined())
                && !views.contains { writes.contains($0.registers[state]?.write ?? "") }
                && !isSettled(name, one, deliveries)
        }
        return facts.map { "fact \($0)" } + registers.map { "register \($0)" } + open.map { "case \($0)" }
    }

    /// Whether a settlement put waiting work in force about whose assignment an act was told another outcome.
    private func isAdopted(_ name: String, _ views: [Deliveries.View], _ differing: [Act]) -> Bool {
        guard let fact = FactName(name), let entity = fact.entity else { return false }
        let isSettled = views.contains { view in view.facts[name].map { $0.write != fact.write } ?? false }
        return isSettled && differing.contains { $0.signed.operation.body["assignment"]?.string == entity }
    }

    /// Whether an act of the group settles this case.
    ///
    /// It settles what the office knows when it arrives, and what arrives later opens the case again. A person who declines
    /// the work that waits in a case leaves the case itself to be settled.
    private func isSettled(_ name: String, _ told: Told, _ deliveries: Deliveries) -> Bool {
        told.order.contains { place in
            let act = deliveries.acts[place]
            if act.signed.operation.body["disagreement"]?.string == name { return true }
            return act.decides.contains {
                deliveries.common[.held, $0]?.value["assignment"]?.string == Names.entity(name)
            }
        }
    }

    /// Whether the later of two writers is in force in each order, as the policy wants it of this register.
    private func isOfTheLater(
        _ name: String,
        _ sides: Zip2Sequence<[Told], [Item?]>,
        _ deliveries: Deliveries
    ) -> Bool {
        guard let clash = Policy.register(Names.bare(name))?.clash, clash == .officeOrder || clash == .controller else {
            return false
        }
        let writes = Set(sides.compactMap { $0.1?.write })
        return sides.allSatisfy { told, item in
            told.order.map { deliveries.acts[$0].write }.last(where: writes.contains) == item?.write
        }
    }

    private func text(_ told: Told, _ deliveries: Deliveries) -> String {
        told.order.map { "\(deliveries.acts[$0].name) (\(told.outcomes[$0]?.text ?? ""))" }.joined(separator: " > ")
    }
}
