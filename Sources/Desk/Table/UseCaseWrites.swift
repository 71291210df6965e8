package import Appeals

/// What a row writes, and who may run it for that reason.
package struct UseCaseWrites: Sendable, Equatable {
    /// Who may run a row.
    package enum Standing: Sendable, Equatable {
        /// Whom the kinds that it writes name as parties.
        case parties
        /// An administrator of the office.
        case administrator
        /// Whoever works at the node; what is shown depends on who reads.
        case reader
        /// Whoever has the machine: it makes, saves or restores a node, or needs none.
        case machine
    }

    /// The kinds of operation; empty for a reading, and for what writes no operation.
    package let kinds: [String]
    package let standing: Standing
    /// Written beside `kinds` in one act of whoever may write those.
    package let beside: [String]
    /// Whether a department refuses it, whoever asks.
    package let isOfOffice: Bool

    private init(_ standing: Standing, _ kinds: [String] = [], beside: [String] = [], isOfOffice: Bool = false) {
        self.standing = standing
        self.kinds = kinds
        self.beside = beside
        self.isOfOffice = isOfOffice
    }

    /// What the parties of these kinds may.
    package static func acts(_ kinds: String..., beside: [String] = [], isOfOffice: Bool = false) -> UseCaseWrites {
        UseCaseWrites(.parties, kinds, beside: beside, isOfOffice: isOfOffice)
    }
    /// For an administrator of the office alone, whatever the kinds allow beyond.
    package static func administers(_ kinds: String...) -> UseCaseWrites { UseCaseWrites(.administrator, kinds) }
    /// For whoever has the machine, without a name that a role could be asked of.
    package static func machine(_ kinds: String...) -> UseCaseWrites { UseCaseWrites(.machine, kinds) }
    package static let reads = UseCaseWrites(.reader)
}

extension UseCaseWrites {
    /// All kinds of operation that it may write.
    package var all: [String] { kinds + beside }

    /// Who may, by capacity: the parties of all its kinds with their roles, in the order of the domain.
    package var permissions: [(party: Party, roles: [String])] {
        let kinds = kinds.compactMap(Kinds.named)
        return Party.allCases.filter { $0 == .office || !isOfOffice }.compactMap { party in
            let roles = Set(kinds.flatMap { $0.parties[party] ?? [] })
            return roles.isEmpty ? nil : (party, Wording.roles.filter(roles.contains))
        }
    }

    /// Who may, in words: `Центр: реєстратор, спеціаліст`.
    package var whoMay: Label {
        switch standing {
        case .administrator: Wording.party(.office) + Label(": ") + Wording.roleOfPerson("administrator")
        case .reader: Label(uk: "усі, хто працює на вузлі", en: "everybody who works at the node")
        case .machine: Label(uk: "хто має доступ до машини", en: "whoever has the machine")
        case .parties:
            permissions.map { party, roles in
                Wording.party(party) + Label(": ")
                    + Label(
                        uk: roles.map { Wording.roleOfPerson($0).uk }.joined(separator: ", "),
                        en: roles.map { Wording.roleOfPerson($0).en }.joined(separator: ", ")
                    )
            }.reduce(Label("")) { $0 == Label("") ? $1 : $0 + Label("; ") + $1 }
        }
    }
}
