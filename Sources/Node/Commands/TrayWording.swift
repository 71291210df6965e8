import Appeals

extension Wording {
    /// What lies in the tray, for a person; the machine's own words stand behind it.
    static func tray(_ kind: String, _ text: String) -> Label {
        switch kind {
        case "alarm" where text.hasPrefix("office behind"):
            Label(
                uk: "Центр відстав від цього вузла: мабуть, його відновили без оголошення",
                en: "the office is behind this node: it was perhaps restored without a declaration"
            )
        case "alarm" where text.hasPrefix("clone"):
            Label(uk: "працюють дві копії одного каталогу", en: "two copies of one directory run")
        case "alarm" where text.hasPrefix("lie"):
            Label(uk: "дія від імені того, хто не мав на неї права", en: "an act of somebody who had no right to it")
        case "alarm": Label(uk: "тривога", en: "an alarm")
        case "quarantine": Label(uk: "не вдалося застосувати", en: "could not be applied")
        case "recovery": Label(uk: "розходження після відновлення", en: "a clash after a restore")
        case "repair": Label(uk: "рядки виправлено за контрольною сумою", en: "rows were mended by the digest")
        case "outcome": Label(uk: "після відновлення вирішено інакше", en: "decided otherwise after a restore")
        default: Label(uk: "службове", en: "the machine's own")
        }
    }
}
