import Appeals
import Desk
import Testing

/// What people read has words in both languages: a code that falls through to itself is a lack.
struct WordingTests {
    @Test("every kind of operation has words")
    func kinds() {
        for kind in Kinds.all.map(\.name) { #expect(Wording.kind(kind) != Label(kind), "\(kind): Desk/Words/Wording") }
    }

    @Test("every fact has words")
    func facts() {
        for fact in Policy.facts.map(\.name) {
            #expect(Wording.fact(fact) != Label(fact), "\(fact): Desk/Words/Wording")
        }
    }

    @Test("every register has words")
    func registers() {
        for register in Policy.registers.map(\.name) {
            #expect(Wording.register(register) != Label(register), "\(register): Desk/Words/Wording")
        }
    }

    @Test("every rule of a case, and every choice that settles one, has words")
    func rules() {
        for rule in Disagreements.Rule.allCases.map(\.rawValue) {
            #expect(Wording.rule(rule) != Label(rule), "\(rule): Desk/Words/Wording")
            for choice in Disagreements.choices(rule) { #expect(Wording.choice(choice) != Label(choice), "\(choice)") }
        }
        for choice in ["adopt", "decline"] { #expect(Wording.choice(choice) != Label(choice)) }
    }

    @Test("a kind, a fact, a register, a rule and a choice without words are seen")
    func planted() {
        let name = "planted"
        #expect(Wording.kind(name) == Label(name) && Wording.fact(name) == Label(name))
        #expect(Wording.register(name) == Label(name) && Wording.rule(name) == Label(name))
        #expect(Wording.choice(name) == Label(name))
    }
}
