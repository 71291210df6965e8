import Appeals
import CanonicalJSON
import Desk

/// The places of the directory.
enum DirectoryPages {
    static let path = "/directory"
    /// Rows of a page.
    static let rows = 100

    static let routes: [Route] =
        [
            Route("GET", path) { _ in .seeOther(Tab.departments.path) },
            Route("GET", Tab.departments.path) { try $0.departmentsPage() },
            Route("GET", Tab.departments.path + "/{department}") { try $0.departmentPage() },
            Route("GET", Tab.people.path) { try $0.peopleList() },
            Route("GET", Tab.people.path + "/{user}") { try $0.personPage() },
            Route("GET", Tab.substitutions.path) { try $0.substitutionsPage() },
            Route("GET", Tab.streets.path) { try $0.streetsPage() },
            Route("GET", Tab.streets.path + "/{street}") { try $0.streetPage() },
            Route("GET", Tab.calendar.path) { try $0.calendarPage() },
            Route("GET", Tab.classifier.path) { try $0.classifierPage() },
            Route("GET", Tab.history.path) { try $0.directoryHistoryPage() },
        ] + DirectoryForm.routes

    /// Its parts, in the order of the tabs.
    enum Tab: String, CaseIterable {
        case departments, people, substitutions, streets, calendar, classifier, history

        var path: String { DirectoryPages.path + "/" + rawValue }

        var label: Label {
            switch self {
            case .departments: Label(uk: "Підрозділи", en: "Departments")
            case .people: Label(uk: "Працівники", en: "People")
            case .substitutions: Label(uk: "Заміщення", en: "Substitutions")
            case .streets: Label(uk: "Вулиці й будинки", en: "Streets and houses")
            case .calendar: Label(uk: "Календар", en: "Calendar")
            case .classifier: Label(uk: "Класифікатор", en: "Classifier")
            case .history: Label(uk: "Зміни", en: "Changes")
            }
        }
    }

    /// The page of a department.
    static func department(_ id: String) -> String { Tab.departments.path + "/" + WebCall.encoded(id) }
    /// The page of a person.
    static func person(_ user: String) -> String { Tab.people.path + "/" + WebCall.encoded(user) }
    /// The page of a street.
    static func street(_ id: String) -> String { Tab.streets.path + "/" + WebCall.encoded(id) }
}

extension WebCall {
    /// A page of the directory: its title, how fresh it is, the tabs, what is on it.
    func directoryPage(
        _ tab: DirectoryPages.Tab,
        _ title: String? = nil,
        acts: [Markup] = [],
        @MarkupBuilder _ main: () throws -> Markup
    ) throws -> WebReply {
        let fresh = try asOf(), content = try main(), title = title ?? say(tab.label)
        return page(title + " · " + say("Довідник", "Directory"), here: DirectoryPages.path) {
            tag("div", ["class": "head"]) {
                tag("div", ["class": "tight"]) {
                    tag("h1") { title }
                    fresh
                }
                if !acts.isEmpty { tag("div", ["class": "row"]) { acts } }
            }
            tag("nav", ["class": "chips", "aria-label": say("Частини довідника", "Parts of the directory")]) {
                for each in DirectoryPages.Tab.allCases {
                    tag("a", ["class": "chip", "href": each.path, "aria-current": each == tab ? "page" : nil]) {
                        say(each.label)
                    }
                }
            }
            doneBanner()
            content
        }
    }

    /// The roles in which whoever looks acts at this node.
    func ownRoles() throws -> Set<String> {
        let own = try desk.read { try desk.roles(of: person?.user ?? "", in: site.node, $0) }
        return Set(person?.role.map { [$0] } ?? own)
    }

    /// Whether whoever looks may change the directory, by the rules' own table; only the office can.
    func mayChangeDirectory() throws -> Bool {
        let roles = try ownRoles()
        return desk.isOffice && UseCase.departmentAdd.isFor(roles)
    }

    /// A button that leads to the form of a row; nothing for whom it is not.
    func directoryAct(
        _ row: UseCase,
        _ query: [(String, String)] = [],
        _ words: Label? = nil,
        isMain: Bool = false
    ) throws -> Markup {
        guard try mayChangeDirectory() else { return Markup() }
        return tag(
            "a",
            ["class": isMain ? "btn btn-act" : "btn btn-s", "href": Self.address(DirectoryForm.place(row), query)]
        ) { say(words ?? ActWords.verb(row)) }
    }
}
