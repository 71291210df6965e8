public import Appeals
import CanonicalJSON
import Cryptography
import Finding

extension Row {
    /// The row of an aggregate: its canonical bytes, their digest, and the columns for lists.
    public init(_ aggregate: Appeals.Aggregate, tenure: Int64 = 0) {
        let bytes = aggregate.bytes
        self.init(
            key: aggregate.id,
            bytes: bytes,
            digest: SHA256.hash(bytes),
            commit: aggregate.commit,
            tenure: tenure,
            columns: RowColumns(aggregate)
        )
        read = aggregate.stored(as: bytes)
    }

    /// The aggregate that the row holds.
    ///
    /// A row that cannot be read is a broken disk, not bad input.
    public func aggregate() throws -> Appeals.Aggregate {
        if let read { return read }
        do { return try Appeals.Aggregate(parsing: bytes) } catch {
            throw StoreError(.corrupt, doing: "reading the row \(key)", found: "\(error)")
        }
    }
}

extension RowColumns {
    /// The columns of an appeal: what a list shows and sorts by, read from its registers.
    public init(_ appeal: Appeals.Aggregate) {
        self.init()
        index = appeal.register("index")?.string ?? ""
        formerIndex = appeal.register("formerIndex")?.string ?? ""
        registeredOn = appeal.register("registeredOn")?.string ?? ""
        due = appeal.register("due.statutory")?.string ?? ""
        let state = AppealState(of: appeal)
        self.state = state.rawValue
        if let main = appeal.register("mainExecutor")?.string {
            self.main = appeal.register("department@" + main)?.string ?? ""
        }
        isDisputed = !Disagreements.open(in: appeal).isEmpty
        barred = Complaint(appeal).persons.sorted()
        term = appeal.term(in: state)
        work = appeal.work(in: state, isDisputed: isDisputed).map(\.description)
        if Names.isAppeal(appeal.id) { sought = Self.sought(SearchedText(appeal), soughtMarks) }
    }
}
