/// To whom an appeal is addressed; it decides the home node and whose resolution it needs (R1, R2).
public enum Addressee: String, CaseIterable, Hashable, Sendable {
    /// Phone appeals go here alone (R1).
    case mayor
    /// In the mayor's absence (R8).
    case actingMayor
    case councilSecretary
    case deputyMayor
    case managerOfAffairs
    /// A department's head: then that department is home (R2).
    case department
    /// Comes with an order and a term of its own (R17).
    case oblastHead
    /// The same (R17).
    case government
    case other

    /// As the card says it, in small letters: part of a sentence.
    public var label: Label {
        switch self {
        case .mayor: Label(uk: "міський голова", en: "mayor")
        case .actingMayor: Label(uk: "в.о. міського голови", en: "acting mayor")
        case .councilSecretary: Label(uk: "секретар міської ради", en: "council secretary")
        case .deputyMayor: Label(uk: "заступник міського голови", en: "deputy mayor")
        case .managerOfAffairs: Label(uk: "керуюча справами виконкому", en: "manager of affairs")
        case .department: Label(uk: "виконавчий орган міської ради", en: "department")
        case .oblastHead: Label(uk: "голова облдержадміністрації", en: "head of the oblast administration")
        case .government: Label(uk: "Кабінет Міністрів України", en: "Cabinet of Ministers")
        case .other: Label(uk: "інший адресат", en: "other addressee")
        }
    }
}
