import Replication

/// The tables, as numbered migrations; a released migration is never edited, a change is a new one.
enum Schema {
    static let migrations = [first, second, third, WipeMark.table, fifth, sixth, seventh]
    static var version: Int64 { Int64(migrations.count) }

    /// Brings the database to this version, each step in one transaction; refuses one that is newer.
    static func migrate(_ connection: Connection) throws {
        let found = try connection.first("PRAGMA user_version") { $0.integer(0) } ?? 0
        let application = try connection.first("PRAGMA application_id") { $0.integer(0) } ?? 0
        let tables = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
        guard application == Settings.application || tables == 0 else {
            throw StoreError(
                .version,
                doing: "Opening the store",
                found: "a database of another program (\(application))"
            )
        }
        guard found >= 0, found <= version else {
            let found = "version \(found), this program knows up to \(version): use the newer program"
            throw StoreError(.version, doing: "Opening the store", found: found)
        }
        for number in found..<version {
            try connection.transaction(writing: true) {
                try connection.execute(migrations[Int(number)])
                if migrations[Int(number)] == seventh {
                    try RowWork.fill(connection)
                    try Tallies.fill(connection)
                }
                try connection.execute("PRAGMA application_id=\(Settings.application)")
                try connection.execute("PRAGMA user_version=\(number + 1)")
            }
        }
    }

    /// What a node keeps for the people who work at it; what changed since they looked is found by its commit,
    /// how many rows of a sort there are is kept, and each order that a list can have is an index.
    private static let seventh = """
        CREATE TABLE local (
            space TEXT NOT NULL, key TEXT NOT NULL, appeal TEXT NOT NULL, until INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (space, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX local_of_appeal ON local (appeal) WHERE appeal <> '';
        CREATE INDEX local_ending ON local (space, until, key) WHERE until > 0;
        CREATE INDEX row_by_commit ON row (space, generation, at_commit, key);
        CREATE TABLE row_tally (
            space TEXT NOT NULL, generation INTEGER NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL,
            PRIMARY KEY (space, generation, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX row_barred ON row (space, generation, key) WHERE barred <> '';
        ALTER TABLE row ADD COLUMN number TEXT NOT NULL DEFAULT '';
        ALTER TABLE row ADD COLUMN stage TEXT NOT NULL DEFAULT '';
        ALTER TABLE row ADD COLUMN digits TEXT NOT NULL DEFAULT '';
        CREATE INDEX operation_of_none ON operation (at_commit, origin, number) WHERE appeal IS NULL;
        CREATE INDEX row_by_day ON row (space, generation, registered_on, key);
        CREATE INDEX row_by_number ON row (space, generation, number, key);
        CREATE INDEX row_by_stage ON row (space, generation, stage, key);
        CREATE INDEX row_by_digits ON row (space, generation, digits, registration, due, key, barred);
        DROP INDEX row_list;
        CREATE INDEX row_list ON row (
            space, generation, due, key, state, main, registration, disputed, barred, registered_on, number, stage, digits
        );
        DROP INDEX row_work;
        CREATE INDEX row_work ON row (
            space, generation, due, key, term, work, main, registration, state, disputed, barred, registered_on, number, stage, digits
        ) WHERE work <> '';
        """ + WordIndex.table

    /// What is to be done about an appeal and when; what left or was erased is found by its index.
    private static let sixth = """
        ALTER TABLE row ADD COLUMN term TEXT NOT NULL DEFAULT '';
        ALTER TABLE row ADD COLUMN work TEXT NOT NULL DEFAULT '';
        ALTER TABLE row ADD COLUMN former TEXT NOT NULL DEFAULT '';
        CREATE INDEX row_former ON row (space, generation, former, key) WHERE former <> '';
        CREATE INDEX row_work
            ON row (space, generation, due, key, term, work, main, registration, state, disputed, barred)
            WHERE work <> '';
        ALTER TABLE stub ADD COLUMN registration TEXT NOT NULL DEFAULT '';
        UPDATE stub SET registration = coalesce(json_extract(CAST(bytes AS TEXT), '$.index'), '')
            WHERE json_valid(CAST(bytes AS TEXT));
        CREATE INDEX stub_by_registration ON stub (registration, at, appeal) WHERE registration <> '';
        CREATE INDEX stub_by_time ON stub (at, appeal);
        ALTER TABLE erasure ADD COLUMN registration TEXT NOT NULL DEFAULT '';
        CREATE INDEX erasure_by_registration ON erasure (registration, appeal) WHERE registration <> '';
        """

    /// Finds the items about one appeal without scanning the others.
    private static let fifth = "CREATE INDEX tray_by_subject ON tray (subject, kind, id);"

    /// What is owed: closed rows stay, with what paid them; the counters show that nothing went without being closed.
    ///
    /// And from whom a row is kept, between spaces.
    private static let third = """
        ALTER TABLE row ADD COLUMN barred TEXT NOT NULL DEFAULT '';
        DROP INDEX row_list;
        CREATE INDEX row_list ON row (space, generation, due, key, state, main, registration, disputed, barred);
        CREATE TABLE debt (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, node TEXT NOT NULL, subject TEXT NOT NULL,
            tenure INTEGER NOT NULL, epoch TEXT NOT NULL, at_commit INTEGER NOT NULL, sequence INTEGER NOT NULL,
            kept INTEGER NOT NULL, bytes BLOB NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER NOT NULL,
            state TEXT NOT NULL
        ) STRICT;
        CREATE INDEX debt_open ON debt (kind, node, id) WHERE state = 'open';
        CREATE INDEX debt_by_subject ON debt (subject, kind, node, id);
        CREATE TABLE debt_total (kind TEXT PRIMARY KEY, opened INTEGER NOT NULL, closed INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        """

    /// A reader keeps the office's seal beside each row and each erasure.
    ///
    /// And pages of outcomes of its logs as the office signed them; the office the day on which the grounds of a tenure
    /// end, the version of the projection of which its digest is, and the end of a closed log that its author named. An
    /// operation is found by the command that it became.
    private static let second = """
        ALTER TABLE row ADD COLUMN seal TEXT NOT NULL DEFAULT '';
        ALTER TABLE operation ADD COLUMN command TEXT;
        CREATE UNIQUE INDEX operation_by_command ON operation (origin, command) WHERE command IS NOT NULL;
        ALTER TABLE erasure ADD COLUMN seal TEXT NOT NULL DEFAULT '';
        ALTER TABLE origin ADD COLUMN ends INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE outcome_page (
            origin TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, told_again INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (origin, first, told_again)
        ) STRICT;
        ALTER TABLE tenure ADD COLUMN ends TEXT NOT NULL DEFAULT '';
        ALTER TABLE tenure ADD COLUMN projection INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX tenure_ending ON tenure (ends, stream, key) WHERE is_open = 1 AND ends <> '';
        """

    /// `row` has no bytes: heads stay small, so that sums of digests read 150 bytes a row, not 2 KiB; bytes lie in
    /// `row_body` in the order of writing, where an insertion moves nothing.
    private static let first = """
        CREATE TABLE value (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE row_body (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE row (
            space TEXT NOT NULL, generation INTEGER NOT NULL, key TEXT NOT NULL,
            digest BLOB NOT NULL, at_commit INTEGER NOT NULL, tenure INTEGER NOT NULL,
            registration TEXT NOT NULL, registered_on TEXT NOT NULL, due TEXT NOT NULL,
            state TEXT NOT NULL, main TEXT NOT NULL, disputed INTEGER NOT NULL,
            body INTEGER NOT NULL,
            PRIMARY KEY (space, generation, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX row_list ON row (space, generation, due, key, state, main, registration, disputed);
        CREATE INDEX row_registration ON row (space, generation, registration, key) WHERE registration <> '';

        CREATE TABLE stream (
            name TEXT PRIMARY KEY, epoch TEXT NOT NULL, head INTEGER NOT NULL, mark TEXT NOT NULL, digest BLOB NOT NULL,
            rows INTEGER NOT NULL, floor INTEGER NOT NULL, generation INTEGER NOT NULL, at_commit INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE entry (
            stream TEXT NOT NULL, sequence INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
            tenure INTEGER NOT NULL, at_commit INTEGER NOT NULL, mark TEXT NOT NULL, changed BLOB NOT NULL,
            PRIMARY KEY (stream, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX entry_by_key ON entry (stream, key);
        CREATE TABLE tenure (
            stream TEXT NOT NULL, key TEXT NOT NULL, tenure INTEGER NOT NULL, view TEXT NOT NULL,
            is_open INTEGER NOT NULL, opened INTEGER NOT NULL, digest BLOB NOT NULL,
            PRIMARY KEY (stream, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tenure_by_key ON tenure (key, stream);
        CREATE INDEX tenure_open ON tenure (stream, key, digest) WHERE is_open = 1;

        CREATE TABLE operation (
            origin TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, appeal TEXT, kind TEXT NOT NULL,
            bytes BLOB NOT NULL, outcome BLOB, status TEXT, at_commit INTEGER NOT NULL, at INTEGER NOT NULL, decision TEXT,
            PRIMARY KEY (origin, number)
        ) STRICT;
        CREATE INDEX operation_by_appeal ON operation (appeal, at_commit, origin, number) WHERE appeal IS NOT NULL;
        CREATE INDEX operation_by_commit ON operation (at_commit);
        CREATE INDEX operation_undecided ON operation (origin, appeal) WHERE status IS NULL;
        CREATE INDEX operation_waiting ON operation (status, origin, number)
            WHERE decision IS NULL AND status IN ('conflict', 'held', 'refused');
        CREATE TABLE origin (
            origin TEXT PRIMARY KEY, key BLOB NOT NULL, last INTEGER NOT NULL, last_id TEXT NOT NULL, state TEXT NOT NULL,
            chain TEXT NOT NULL, seen_epoch TEXT NOT NULL, seen_slice INTEGER NOT NULL, seen_reference INTEGER NOT NULL,
            durable INTEGER NOT NULL, acknowledged INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE node (
            node TEXT PRIMARY KEY, key TEXT NOT NULL, state TEXT NOT NULL, token TEXT NOT NULL, former_token TEXT NOT NULL,
            contact INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX node_by_key ON node (key);
        CREATE TABLE reader (
            stream TEXT NOT NULL, node TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
            pin INTEGER NOT NULL, pinned_at INTEGER NOT NULL,
            PRIMARY KEY (stream, node)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE stub (
            appeal TEXT PRIMARY KEY, bytes BLOB NOT NULL, at INTEGER NOT NULL, kept INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE erasure (appeal TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE tray (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
            bytes BLOB NOT NULL, at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX tray_by_kind ON tray (kind, id);
        CREATE TABLE series (series TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """
}
