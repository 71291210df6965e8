package import Appeals

/// Words for who people are: parties of an appeal, roles; and for where an appeal stands.
extension Wording {
    /// Who may, in the words of `--help` and the manual.
    package static func party(_ party: Party) -> Label {
        switch party {
        case .office: Label(uk: "Центр", en: "the office")
        case .controller: Label(uk: "хто веде звернення", en: "whoever controls the appeal")
        case .home: Label(uk: "підрозділ, що зареєстрував", en: "the department that registered it")
        case .main: Label(uk: "відповідальний виконавець", en: "the main executor")
        case .co: Label(uk: "співвиконавець", en: "a co-executor")
        case .inform: Label(uk: "підрозділ, якому до відома", en: "a department that is informed")
        }
    }

    /// The roles of people, from the office's to a department's.
    package static let roles = [
        "administrator", "leader", "registrar", "specialist", "head", "deputy", "executor", "clerk", "inspector",
    ]

    /// Why a role is in force no more.
    package static func ending(_ ending: RoleEntry.Ending) -> Label {
        switch ending {
        case .revoked: Label(uk: "припинена", en: "ended")
        case .left: Label(uk: "припинена: не працює", en: "ended: has left")
        case .moved: Label(uk: "припинена: перейшов до іншого підрозділу", en: "ended: moved to another department")
        }
    }

    /// The words for a role of a person; the role itself if it has none.
    package static func roleOfPerson(_ role: String) -> Label {
        switch role {
        case "administrator": Label(uk: "адміністратор", en: "administrator")
        case "leader": Label(uk: "керівник міста", en: "leader")
        case "registrar": Label(uk: "реєстратор", en: "registrar")
        case "specialist": Label(uk: "спеціаліст", en: "specialist")
        case "head": Label(uk: "начальник", en: "head")
        case "deputy": Label(uk: "заступник начальника", en: "deputy head")
        case "executor": Label(uk: "виконавець", en: "executor")
        case "clerk": Label(uk: "діловод", en: "clerk")
        case "inspector": Label(uk: "інспектор", en: "inspector")
        default: Label(role)
        }
    }

    /// Where an appeal stands, as lists and cards say it.
    package static func appealState(_ state: AppealState) -> Label {
        switch state {
        case .registered: Label(uk: state.ukrainian, en: "registered")
        case .assigned: Label(uk: state.ukrainian, en: "in work")
        case .answered: Label(uk: state.ukrainian, en: "answer under review")
        case .done: Label(uk: state.ukrainian, en: "done")
        case .removed: Label(uk: state.ukrainian, en: "removed from control")
        case .ended: Label(uk: state.ukrainian, en: "ended without an executor")
        }
    }
}
