package import Appeals
import CanonicalJSON
import Replication

/// An error that says in both languages what was found.
package protocol Worded: Error {
    var label: Label { get }
}

/// What the layers below threw, in both languages: what it is; their own words, which are English, stand in English alone.
extension Label {
    package init(cause: any Error) {
        switch cause {
        case let error as any Worded: self = error.label
        case let error as StoreError: self.init(uk: Self.store(error.kind), en: error.description)
        case let error as JSONError:
            self.init(uk: "це не JSON, байт \(error.offset)", en: error.description)
        default: self.init("\(cause)")
        }
    }

    private static func store(_ kind: StoreError.Kind) -> String {
        switch kind {
        case .full: "сховище: на диску немає місця"
        case .io: "сховище: диск не читає або не пише"
        case .expired: "сховище: читання тривало задовго"
        case .corrupt: "сховище: базу пошкоджено"
        case .locked: "сховище: каталог тримає інший процес"
        case .readOnly: "сховище: лише для читання"
        case .version: "сховище: дані іншої версії"
        case .permission: "сховище: немає дозволу"
        case .missing: "сховище: бази немає"
        case .unreachable: "сховище: база не відповідає"
        case .unconfirmed: "сховище: невідомо, чи записано"
        case .other: "сховище: дія не вдалася"
        }
    }
}
