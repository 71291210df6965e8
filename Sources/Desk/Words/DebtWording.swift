package import Appeals
package import Replication

extension DebtRecord.Kind {
    /// What is owed, as a person reads it.
    package var label: Label {
        switch self {
        case .purge: Label(uk: "Не підтвердив знищення", en: "Has not confirmed the purge")
        case .receipt: Label(uk: "Центру не підтверджено знищення", en: "The office was not told of the purge")
        case .secondReceipt: Label(uk: "Власна робота ще зберігається", en: "Own work is still kept")
        case .decision: Label(uk: "Дія очікує рішення", en: "An operation waits for a decision")
        case .letter: Label(uk: "Не надіслано виправний лист", en: "The corrective letter was not sent")
        case .withdrawal: Label(uk: "Запрошення не використано", en: "The invitation is not used yet")
        case .revocation: Label(uk: "Не витерто копію скасованого ключа", en: "The copy of a revoked key is there")
        }
    }
}
