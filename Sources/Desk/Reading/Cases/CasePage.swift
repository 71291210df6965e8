package import Appeals
package import CanonicalJSON
package import Replication

/// A page of what waits for a decision.
package struct CasePage {
    /// What appeals have open, an appeal's cases together.
    package let cases: [OpenCase]
    /// Who decides each of these, and by when, by the id of the case.
    package let deciders: [String: CaseDeciders]
    /// What these appeals are about, by their ids.
    package let matters: [String: CaseMatter]
    /// Of whom the cases tell.
    package let names: PrintedNames
    /// Work that has no place on its appeal.
    package let waiting: [WaitingWork]
    /// Where the next page begins; nil at the end.
    package let next: CaseMark?
    /// Rows that departments offered after a restore and that lie in the tray, counted up to `Desk.countedAtMost`.
    package let recovered: Int

    package init(
        cases: [OpenCase],
        deciders: [String: CaseDeciders],
        matters: [String: CaseMatter],
        names: PrintedNames,
        waiting: [WaitingWork],
        next: CaseMark?,
        recovered: Int
    ) {
        self.cases = cases
        self.deciders = deciders
        self.matters = matters
        self.names = names
        self.waiting = waiting
        self.next = next
        self.recovered = recovered
    }

    /// Whether nothing waits, on this page or after it.
    package var isEmpty: Bool { cases.isEmpty && waiting.isEmpty && next == nil }
}

/// What an appeal is about, as far as this node is shown it: the question of its first issue, else the heading.
package struct CaseMatter {
    package let question: String?
    package let heading: JSON?

    init(_ appeal: Aggregate) {
        let issues = appeal.entities(with: "issue")
        let first = issues.min { one, other in
            (appeal.register("issue@" + one)?.integer ?? 0) < (appeal.register("issue@" + other)?.integer ?? 0)
        }
        question = first.flatMap { appeal.register("question@" + $0)?.string }
        heading = first.flatMap { appeal.register("heading@" + $0) }
    }
}

/// Where a list of what waits goes on: after an appeal in dispute, or after work that waits.
package enum CaseMark: Equatable, CustomStringConvertible {
    case appeal(AppealMark)
    case work(WriteName)

    private static let work = "held/"

    /// Of a mark as text; nil if it is none.
    package init?(_ text: String) {
        if text.hasPrefix(Self.work) {
            guard let write = WriteName(String(text.dropFirst(Self.work.count))) else { return nil }
            self = .work(write)
        } else {
            guard let mark = AppealMark(text) else { return nil }
            self = .appeal(mark)
        }
    }

    package var description: String {
        switch self {
        case .appeal(let mark): mark.description
        case .work(let write): Self.work + write.description
        }
    }
}

extension Desk {
    /// A page of all that waits at this node: appeals in dispute by their days, then work that waits without a dispute, by its write.
    ///
    /// An appeal is on one page with all its cases, and counts as one of the `limit`; a page may be shorter than that and
    /// still have a next one. Nothing about an appeal that is kept from the reader.
    package func cases(after mark: CaseMark? = nil, limit: Int) throws -> CasePage {
        try read { try cases(after: mark, limit: limit, $0) }
    }

    /// The same in a snapshot that is open.
    func cases(after mark: CaseMark? = nil, limit: Int, _ reading: any StoreReading) throws -> CasePage {
        var found = FoundCases(desk: self, reading)
        try found.fill(after: mark, limit: limit)
        return CasePage(
            cases: found.appeals.flatMap(\.cases),
            deciders: try deciders(found.appeals, reading),
            matters: Self.matters(found.appeals),
            names: try names(of: found.appeals.flatMap(\.cases), reading),
            waiting: found.waiting,
            next: found.next,
            recovered: try recovered(reading)
        )
    }

    /// What is open in one appeal, named as for `shownAppeal`; refused with what to do if there is none.
    package func cases(ofAppeal name: String) throws -> CasePage {
        try read { reading in
            let appeal = try shownAppeal(name, reading)
            return CasePage(
                cases: appeal.cases,
                deciders: try deciders([appeal], reading),
                matters: Self.matters([appeal]),
                names: try names(of: appeal.cases, reading),
                waiting: [],
                next: nil,
                recovered: try recovered(reading)
            )
        }
    }

    /// One open case by its id, with its appeal; refused as `nothingToSettle` if it is settled, unknown or kept from the reader.
    package func openCase(_ name: String, _ reading: any StoreReading) throws -> (open: OpenCase, appeal: ShownAppeal) {
        guard let dot = name.lastIndex(of: ".") else { throw Self.noCase(name) }
        let id = try find(String(name[..<dot]), reading)
        guard let shown = try shown(id, reading), let open = shown.cases.first(where: { $0.id == name }) else {
            throw Self.noCase(name)
        }
        return (open, shown)
    }

    /// Printed names of whom these cases tell.
    package func names(of cases: [OpenCase], _ reading: any StoreReading) throws -> PrintedNames {
        try names(
            of: Set(cases.flatMap(\.people)),
            departments: Set(cases.flatMap(\.departments)),
            reading
        )
    }

    private static func matters(_ appeals: [ShownAppeal]) -> [String: CaseMatter] {
        Dictionary(appeals.map { ($0.id, CaseMatter($0.appeal)) }) { first, _ in first }
    }

    private func deciders(
        _ appeals: [ShownAppeal],
        _ reading: any StoreReading
    ) throws -> [String: CaseDeciders] {
        var found: [String: CaseDeciders] = [:]
        for shown in appeals {
            for open in shown.cases { found[open.id] = try deciders(of: open, shown.appeal, reading) }
        }
        return found
    }

    private func recovered(_ reading: any StoreReading) throws -> Int {
        try shownTray(.recovery, after: 0, limit: Self.countedAtMost, reading).count
    }

    static func noCase(_ name: String) -> DeskError {
        DeskError(
            .notFound,
            "nothingToSettle",
            uk: "розбіжності «\(name)» немає, або її вже вирішено",
            en: "there is no case \"\(name)\", or it is settled",
            remedy: .whatThereIs(.conflictList)
        )
    }
}
