import Testing

@testable import Web

struct DifferingTests {
    private func marked(_ words: String, since former: String?) -> String {
        Differing.runs(words, since: former).map { $0.isNew ? "[\($0.words)]" : $0.words }.joined(separator: " ")
    }

    @Test("what a value has that the former had not is one run of words")
    func runs() {
        #expect(marked("вул. Соборна, 14, кв. 8", since: "вул. Соборна, 14") == "вул. Соборна, [14, кв. 8]")
        #expect(marked("зупинка «Шахта», непарний бік", since: "зупинка «Шахта»") == "зупинка [«Шахта», непарний бік]")
        #expect(marked("а нове б", since: "а б") == "а [нове] б")
        #expect(marked("а а", since: "а") == "а [а]")
        #expect(marked("те саме", since: "те саме") == "те саме")
        #expect(marked("інше", since: "") == "[інше]")
        #expect(marked("невідомо, що було", since: nil) == "невідомо, що було")
        #expect(marked("", since: "було").isEmpty)
    }
}
