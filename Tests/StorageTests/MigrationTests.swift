import Cryptography
import Replication
import Testing

@testable import Storage

@Suite("A database of an older version")
struct MigrationTests {
    /// Version 1 with one row, as a program of that version left it.
    private func first(_ directory: String) throws {
        try StoreDirectory.make(directory)
        let path = directory + "/" + StoreDirectory.databaseName
        try StoreDirectory.makeFile(path, doing: "Making an old database")
        let connection = try Connection(path)
        try Settings(isWriter: true).apply(to: connection)
        try connection.transaction(writing: true) {
            try connection.execute(Schema.migrations[0])
            try connection.execute("PRAGMA application_id=\(Settings.application)")
            try connection.execute("PRAGMA user_version=1")
        }
        try connection.execute(
            """
            INSERT INTO row_body (id, bytes) VALUES (1, x'7b7d');
            INSERT INTO row (space, generation, key, digest, at_commit, tenure, registration, registered_on, due, state,
                main, disputed, body)
            VALUES ('s', 0, 'a', x'\(SHA256.hash(Array("{}".utf8)).hex)', 7, 2, '', '', '', '', '', 0, 1);
            """
        )
        try connection.close()
    }

    @Test("gets the column of seals, keeps its rows, and is opened as the present one from then on")
    func second() throws {
        try withDirectory { directory in
            let path = directory + "/old"
            try first(path)
            for round in 0..<2 {
                let store = try SQLiteStore.open(directory: path, create: false)
                var row = try #require(try store.read { try $0.row("s", generation: 0, key: "a") })
                #expect(row.bytes == Array("{}".utf8) && row.commit == 7 && row.tenure == 2)
                #expect(row.seal == (round == 0 ? "" : "aa"))
                row.seal = "aa"
                try store.write { try $0.putRow("s", generation: 0, row) }
                #expect(try store.integrityCheck().isEmpty)
                try store.close()
                let connection = try Connection(path + "/" + StoreDirectory.databaseName)
                #expect(try connection.first("PRAGMA user_version") { $0.integer(0) } == Schema.version)
                try connection.close()
            }
        }
    }

    @Test("of a newer version is refused and left as it is")
    func newer() throws {
        try withDirectory { directory in
            let path = directory + "/new"
            try first(path)
            let connection = try Connection(path + "/" + StoreDirectory.databaseName)
            try connection.execute("PRAGMA user_version=\(Schema.version + 1)")
            try connection.close()
            #expect(throws: StoreError.self) { try SQLiteStore.open(directory: path, create: false) }
        }
    }
}
