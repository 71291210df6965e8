package import Appeals
package import Replication

/// The way of one operation: saved, sent, decided, durable, visible, read by others.
package struct OperationPath {
    /// One step of the way.
    package struct Step {
        /// For machines: `saved`, `acknowledged`, or the stream that was read.
        package let name: String
        package let isDone: Bool
        package let label: Label

        package init(name: String, isDone: Bool, label: Label) {
            self.name = name
            self.isDone = isDone
            self.label = label
        }
    }

    package let operation: ToldOperation
    package let steps: [Step]
    /// The printed name of whoever did it.
    package let names: PrintedNames

    package init(operation: ToldOperation, steps: [Step], names: PrintedNames) {
        self.operation = operation
        self.steps = steps
        self.names = names
    }
}

/// Where the changes of an appeal are.
package struct AppealPaths {
    /// The appeal's id.
    package let id: String
    /// Own operations that are still kept though the appeal left this node; nil if it did not leave.
    package let keptAfterLeaving: Int64?
    /// In the log's order, the first so many.
    package let operations: [OperationPath]
    /// Streams whose readers hold it; nil at a department.
    package let holders: [TenureRecord]?
    /// The printed names of the departments that hold it.
    package let names: PrintedNames
    /// The commit up to which the confirmed state is; nil at the office.
    package let commit: Int64?

    package init(
        id: String,
        keptAfterLeaving: Int64?,
        operations: [OperationPath],
        holders: [TenureRecord]?,
        names: PrintedNames,
        commit: Int64?
    ) {
        self.id = id
        self.keptAfterLeaving = keptAfterLeaving
        self.operations = operations
        self.holders = holders
        self.names = names
        self.commit = commit
    }
}

extension Desk {
    /// Where an operation is; refused as `unknownWrite` if it is not here or is about what is kept from the reader.
    package func path(of write: WriteName, typed: String) throws -> OperationPath {
        try read { reading in
            guard let record = try reading.operation(write.origin, write.number),
                try !isKept(record.appeal ?? "", reading)
            else {
                throw DeskError(
                    .notFound,
                    "unknownWrite",
                    uk: "дії «\(typed)» тут немає",
                    en: "there is no operation \"\(typed)\" here"
                )
            }
            return try path(of: record, reading)
        }
    }

    /// Where the first `limit` operations on an appeal are, and who holds it; refused if nothing of it is or was here.
    package func paths(ofAppeal name: String, limit: Int) throws -> AppealPaths {
        try read { reading in
            let id = try find(name, reading)
            let stub = try reading.stub(id)
            let records = try reading.operations(appeal: id, limit: limit)
            guard try !records.isEmpty || shown(id, reading) != nil || stub != nil else {
                throw Self.unknown(name)
            }
            let holders = isOffice ? try reading.tenures(key: id).filter(\.isOpen) : nil
            return AppealPaths(
                id: id,
                keptAfterLeaving: stub?.kept,
                operations: try records.map { try path(of: $0, reading) },
                holders: holders,
                names: try names(
                    of: [],
                    departments: Set((holders ?? []).map { Space.reader(of: $0.stream) }),
                    reading
                ),
                commit: isOffice ? nil : try reading.stream(Space.slice(place.node))?.commit
            )
        }
    }

    private func path(of record: OperationRecord, _ reading: any StoreReading) throws -> OperationPath {
        let steps = isOffice ? try officeSteps(record, reading) : try departmentSteps(record, reading)
        let operation = ToldOperation(record)
        return OperationPath(operation: operation, steps: steps, names: try names(of: [operation.user], reading))
    }

    /// From the office to those who hold the appeal.
    private func officeSteps(_ record: OperationRecord, _ reading: any StoreReading) throws -> [OperationPath.Step] {
        let decided = Label(uk: "Центр вирішив", en: "decided by the office")
        var steps = [
            OperationPath.Step(
                name: "received",
                isDone: true,
                label: Label(uk: "Центр отримав", en: "received by the office")
            ),
            OperationPath.Step(name: "decided", isDone: true, label: decided),
        ]
        for tenure in try record.appeal.map({ try reading.tenures(key: $0) }) ?? [] where tenure.isOpen {
            guard let step = try step(of: record, to: tenure, reading) else { continue }
            steps.append(step)
        }
        return steps
    }

    /// Whether somebody has read the last entry that tells the stream of it; nil if none tells.
    private func step(
        of record: OperationRecord,
        to tenure: TenureRecord,
        _ reading: any StoreReading
    ) throws -> OperationPath.Step? {
        var last: EntryRecord?
        try reading.each(
            of: {
                try reading.entries(
                    tenure.stream,
                    key: tenure.key,
                    after: $0?.sequence ?? tenure.opened - 1,
                    limit: $1
                )
            }
        ) { if $0.commit <= record.commit { last = $0 } }
        guard let entry = last else { return nil }
        let reader = try reading.first(
            of: { try reading.readers(stream: tenure.stream, after: $0?.node ?? "", limit: $1) },
            where: { $0.sequence >= entry.sequence }
        )
        let department = Space.reader(of: tenure.stream)
        let name = try names(of: [], departments: [department], reading).department(department)
        let label = Label(uk: "прочитав підрозділ «\(name)»", en: "read by “\(name)”")
        return OperationPath.Step(name: tenure.stream, isDone: reader != nil, label: label)
    }

    /// From the department's log to the confirmed state that comes back.
    private func departmentSteps(
        _ record: OperationRecord,
        _ reading: any StoreReading
    ) throws -> [OperationPath.Step] {
        let origin = try reading.origin(record.origin)
        let isSent = record.number <= origin?.acknowledged ?? 0 || record.status != nil
        let seen = try reading.stream(Space.slice(place.node))?.commit ?? 0
        let steps = [
            ("saved", true, Label(uk: "збережено на цьому вузлі", en: "saved on this node")),
            (
                "acknowledged", isSent,
                Label(uk: "Центр отримав і підтвердив", en: "received and acknowledged by the office")
            ),
            ("decided", record.status != nil, Label(uk: "Центр вирішив", en: "decided by the office")),
            (
                "durable", record.number <= origin?.durable ?? 0,
                Label(uk: "збережено у двох місцях", en: "durable in two places")
            ),
            (
                "visible", record.status != nil && record.commit <= seen,
                Label(uk: "видно у підтвердженому стані", en: "visible in the confirmed state")
            ),
        ]
        return steps.map { OperationPath.Step(name: $0.0, isDone: $0.1, label: $0.2) }
    }
}
