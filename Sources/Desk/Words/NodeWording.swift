package import Appeals
package import Replication

/// Words for what a node consists of: its streams and the kinds of its tray.
extension Wording {
    /// What a stream carries, and to whom; `names` has the departments.
    package static func stream(_ stream: String, _ names: PrintedNames) -> Label {
        if stream == Space.reference { return Label(uk: "довідники", en: "the directory") }
        let reader = Space.reader(of: stream)
        let node = stream.split(separator: ":").last.map(String.init) ?? stream
        let name = names.department(reader.isEmpty ? node : reader)
        return reader.isEmpty
            ? Label(uk: "рішення для вузла «\(name)»", en: "decisions for “\(name)”")
            : Label(uk: "звернення підрозділу «\(name)»", en: "appeals of “\(name)”")
    }

    /// A kind of the tray, in the plural.
    package static func trayKind(_ kind: TrayKind) -> Label {
        switch kind {
        case .quarantine: Label(uk: "не застосовано", en: "not applied")
        case .recovery: Label(uk: "розходження після відновлення", en: "clashes after a restore")
        case .alarm: Label(uk: "тривоги", en: "alarms")
        case .repair: Label(uk: "виправлені рядки", en: "mended rows")
        case .outcome: Label(uk: "вирішено інакше", en: "decided otherwise")
        case .renumbered: Label(uk: "інший індекс", en: "another index")
        case .setAside: Label(uk: "відкладено для Центру", en: "set aside for the office")
        case .offered: Label(uk: "запропоновано Центру", en: "offered to the office")
        case .differs: Label(uk: "ще не сказано Центру", en: "not told to the office yet")
        }
    }
}
