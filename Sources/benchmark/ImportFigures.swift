import Appeals
import CanonicalJSON
import Commands
import Desk
import Node

/// A foreign register → office: each card registered and assigned by a resolution.
///
/// The whole way of a person's import is measured: the text cut into pieces by the command line, each over the local
/// socket, each piece in transactions of its own.
enum ImportFigures {
    private static let mapping: JSON = [
        "source": "csv", "key": "id",
        "constants": [
            "channel": "import", "kind": "application", "subjectType": "individual", "deadlineBasis": "month",
            "heading": "090", "department": "roads", "state": .string(ImportedCard.State.open.rawValue),
        ],
        "fields": [
            "receivedAt": ["column": "when", "format": "iso-local", "zone": "Europe/Kyiv"], "text": "what",
            "lastName": "surname", "address": "where",
        ],
    ]

    /// A CSV text of so many rows, each of about 500 bytes.
    private static func register(_ rows: Int) -> String {
        var sample = Sample(seed: 23)
        var text = "id,when,surname,where,what\n"
        text.reserveCapacity(rows * 560)
        for row in 0..<rows {
            text += "\(row),2026-02-03T09:\(10 + row % 50):00,Коваленко,\"вул. Миру, \(row % 90 + 1)\","
            text += sample.text(bytes: 400) + "\n"
        }
        return text
    }

    /// Two imports of so many rows one after the other into a running office; its memory after each.
    ///
    /// The rate is of the faster one. Memory after the second import shows whether the first left something behind; a
    /// register that stays in memory would show as a difference of about its size.
    static func cards(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let rows = size.of(100_000)
        _ = try stage.set([("roads", 100)])
        let text = register(rows)
        var spent: [Int64] = []
        var resident: [Int64] = []
        for source in ["first", "second"] {
            let start = Machine.nanoseconds()
            let arguments: JSONObject = [
                "mapping": .string(mapping.canonicalText), "as": "admin:registrar",
                "source": .string(source),
            ]
            let result = try Commands.inPieces(Array(text.utf8), arguments, .english) { piece in
                let answer = try LocalClient.call(directory: stage.path("center"), command: "import", arguments: piece)
                guard let result = CommandResult(envelope: answer) else { throw Failure("the office said nothing") }
                return result
            }
            guard result.json["imported"]?.integer == Int64(rows) else { throw Failure("an import: \(result.text)") }
            spent.append(Machine.nanoseconds() - start)
            resident.append(Machine.memory("VmRSS", of: stage.process("center")))
        }
        let conditions: JSONObject = [
            "rows": .integer(Int64(rows)), "residentKiB": .array(resident.map(JSON.integer)),
            "seconds": .array(spent.map { .double(Figure.rounded(Double($0) / 1_000_000_000)) }),
            "kind": "registration and resolution",
        ]
        return [
            Figure(
                name: "import.cardsPerSecond",
                value: PushFigures.rate(rows, spent.min() ?? 1),
                unit: "1/s",
                conditions: conditions
            ),
            Figure(
                name: "import.peakMemory",
                value: Double(Machine.memory("VmHWM", of: stage.process("center"))) / 1_024,
                unit: "MiB",
                conditions: conditions
            ),
        ]
    }
}
