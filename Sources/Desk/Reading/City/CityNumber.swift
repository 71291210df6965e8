package import Appeals

/// A column of the overview: of one department the length of a list.
package enum CityNumber: String, CaseIterable, Sendable {
    case new, inWork, overdue, today, onControl, returned

    package var label: Label {
        switch self {
        case .new: Label(uk: "Нові", en: "New")
        case .inWork: Label(uk: "У роботі", en: "In work")
        case .overdue: Label(uk: "Прострочено", en: "Overdue")
        case .today: Label(uk: "Сьогодні", en: "Today")
        case .onControl: Label(uk: "На контролі", en: "On control")
        case .returned: Label(uk: "Доопрац.", en: "Returned")
        }
    }

    /// The list whose length the number is; of all departments together by `AppealFilter.anyDepartment`.
    package func list(of department: String) -> AppealFilter {
        var filter = AppealFilter()
        filter.of = department
        switch self {
        case .new: filter.list = .new
        case .inWork: filter.list = .inWork
        case .overdue: filter.list = .overdue
        case .today:
            filter.list = .soon
            filter.isDueToday = true
        case .onControl:
            // Control is the controller's: what counts is whose the appeal is.
            (filter.of, filter.main) = ("", department == AppealFilter.anyDepartment ? "" : department)
            filter.list = .onControl
        case .returned: filter.list = .returned
        }
        return filter
    }
}

/// What a number may be: as it is known, and as it may be where its node has been silent.
package struct Bounds: Equatable, Sendable {
    /// What the node last said.
    package let lower: Int64
    /// If nothing that fell due since was done, and all that was given out was taken on; nil where nobody can say.
    package let upper: Int64?

    package init(_ lower: Int64, _ upper: Int64?) {
        self.lower = lower
        self.upper = upper
    }

    /// A number that is known.
    package static func exactly(_ number: Int64) -> Bounds { Bounds(number, number) }

    package var isExact: Bool { upper == lower }

}
