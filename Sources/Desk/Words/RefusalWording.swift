package import Appeals
package import Replication

extension ErrorCode {
    /// What a refused request means to a person at the node that asked; the peer's own sentence goes to the log alone.
    package var label: Label {
        switch self {
        case .badRequest: Label(uk: "запит не за протоколом", en: "the request is not of the protocol")
        case .unknownCall: Label(uk: "Центр не знає такого запиту", en: "the office does not know the call")
        case .tooLarge: Label(uk: "запит завеликий", en: "the request is too large")
        case .tooManyTries: Label(uk: "забагато спроб, зачекайте хвилину", en: "too many tries, wait a minute")
        case .notAllowed: Label(uk: "вузол не допущено", en: "the node is not admitted")
        case .notApproved: Label(uk: "оновлення сертифіката не дозволено", en: "the renewal is not approved")
        case .revoked: Label(uk: "допуск вузла скасовано", en: "the node's admission is revoked")
        case .frozen: Label(uk: "працюють дві копії цього вузла", en: "two copies of this node run")
        case .unconfirmed: Label(uk: "допуск чекає підтвердження", en: "the admission waits to be confirmed")
        case .foreignStream: Label(uk: "це не дані цього вузла", en: "these are not this node's data")
        case .officeBehind: Label(uk: "Центр відстав від вузла", en: "the office is behind the node")
        case .evidenceWanted: Label(uk: "Центр просить доказ", en: "the office wants evidence")
        case .epochChanged: Label(uk: "Центр відновлено: епоха інша", en: "the office was restored: another epoch")
        case .stopped: Label(uk: "Центр зупинив прийом", en: "the office takes no work")
        case .snapshotNeeded: Label(uk: "потрібен повний знімок даних", en: "a snapshot is needed")
        case .helloNeeded: Label(uk: "спершу потрібне вітання", en: "a greeting comes first")
        case .clone: Label(uk: "журнал уже пише інша копія", en: "another copy writes the log")
        case .trouble: Label(uk: "у Центру негаразд, спробуйте пізніше", en: "the office has trouble, try later")
        }
    }
}
