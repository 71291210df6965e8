import Appeals
import Replication
import Testing

extension StoreContract {
    private static let command = "01995c3a-0000-7000-8000-0000000000c1"

    @Test("finds an operation by its command, one of a log", arguments: StoreKind.allCases)
    func commands(_ kind: StoreKind) throws {
        try kind.withStore { store in
            let elsewhere = origin("zhkg", "ffffffff")
            try store.write {
                for (origin, number) in [(author, Int64(1)), (elsewhere, 4)] {
                    var record = operation(origin, number)
                    record.command = Self.command
                    try $0.putOperation(record)
                }
                try $0.putOperation(operation(author, 2))
            }
            try store.read { reading throws in
                #expect(try reading.operation(command: Self.command, of: author)?.number == 1)
                #expect(try reading.operation(command: Self.command, of: elsewhere)?.number == 4)
                #expect(try reading.operation(command: Self.command, of: author)?.command == Self.command)
                #expect(try reading.operation(command: "", of: author) == nil)
            }
            // A second one of the log is refused, and nothing of its transaction is left.
            #expect(throws: StoreError.self) {
                try store.write {
                    try $0.setValue("left", "1")
                    var second = operation(author, 2)
                    second.command = Self.command
                    try $0.putOperation(second)
                }
            }
            try store.read { reading throws in
                #expect(try reading.value("left") == nil)
                #expect(try reading.operation(author, 2)?.command == nil)
                #expect(try reading.operation(command: Self.command, of: author)?.number == 1)
            }
            // What takes the number takes the command from it.
            try store.write { try $0.putOperation(operation(author, 1)) }
            #expect(try store.read { try $0.operation(command: Self.command, of: author) } == nil)
        }
    }
}
