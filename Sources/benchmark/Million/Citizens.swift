import Appeals
import CanonicalJSON

/// People who write to a city: names, addresses, telephones and sentences of the project's own samples, put together anew.
///
/// The same for the same number, so that whoever looks for an appeal knows what it says. Nobody can be called: +380 00 is no
/// range of telephones.
struct Citizens: Sendable {
    /// What one appeal says.
    struct Card: Sendable {
        let name: String
        let street: String
        let house: Int
        let flat: Int
        let phone: String
        var text: String
        let note: String
        /// A number in the text that few others have; empty in most.
        let account: String

        var address: String { "\(street), \(house), кв. \(flat)" }
    }

    /// In the project's directory.
    static let samples = ["Tests/FindingTests/Samples/search-uk.json", "deploy/data/sample-appeals.json"]
    private static let streets = "deploy/data/streets.csv"

    private var names: [Bool: (last: [String], first: [String], patronymic: [String])] = [
        false: ([], [], []), true: ([], [], []),
    ]
    private var places: [String] = []
    private(set) var sentences: [String] = []

    /// Reads the samples; throws if they are not there.
    init() throws {
        for path in Self.samples {
            let bytes = TextFile.read(path)
            guard !bytes.isEmpty else { throw Failure("\(path) gives the words: run it in the project's directory") }
            let json = try JSON(parsing: bytes, limits: .general)
            for document in (json["documents"] ?? json["appeals"])?.array ?? [] { add(document) }
        }
        places = TextFile.lines(Self.streets).dropFirst().compactMap { line in
            let parts = line.split(separator: ",", omittingEmptySubsequences: false)
            return parts.count > 2 ? "\(parts[1]) \(parts[2])" : nil
        }
        guard sentences.count > 1_000, !places.isEmpty, names.values.allSatisfy({ !$0.last.isEmpty }) else {
            throw Failure("the samples have too few words")
        }
    }

    /// What needs an escape in JSON is left out.
    private mutating func add(_ document: JSON) {
        for sentence in (document["text"]?.string ?? "").split(separator: ". ") {
            let isPlain = sentence.utf8.allSatisfy { $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
            if isPlain, sentence.utf8.count > 8 {
                sentences.append(sentence.hasSuffix(".") ? String(sentence.dropLast()) : String(sentence))
            }
        }
        let parts = (document["name"]?.string ?? "").split(separator: " ").map(String.init)
        guard parts.count == 3, let end = parts[2].last else { return }
        let isMan = end == "ч"
        names[isMan]?.last.append(parts[0])
        names[isMan]?.first.append(parts[1])
        names[isMan]?.patronymic.append(parts[2])
    }

    /// What appeal `number` says, from 0.
    func card(_ number: Int) -> Card {
        var sample = Sample(seed: UInt64(number) &* 0x9E37_79B9 + 17)
        // The first numbers of one seed are much like those of the next.
        for _ in 0..<4 { _ = sample.number(below: 2) }
        func one(_ list: [String]) -> String { list.isEmpty ? "" : list[sample.number(below: list.count)] }
        let isMan = sample.number(below: 2) == 1
        let names = names[isMan] ?? ([], [], [])
        let name = [one(names.last), one(names.first), one(names.patronymic)].joined(separator: " ")
        let account = sample.number(below: 5) == 0 ? Digits.fixed(sample.number(below: 10_000_000), to: 7) : ""
        var text = (0..<4 + sample.number(below: 4)).map { _ in one(sentences) }.joined(separator: ". ") + "."
        if !account.isEmpty { text += " Особовий рахунок \(account)." }
        return Card(
            name: name,
            street: one(places),
            house: 1 + sample.number(below: 180),
            flat: 1 + sample.number(below: 120),
            phone: "+38000" + Digits.fixed((number * 7 + 11) % 10_000_000, to: 7),
            text: text,
            note: one(sentences) + ". " + one(sentences) + ".",
            account: account
        )
    }
}
