package import Desk

/// Options that every command has: where the node is, and how to answer.
extension Commands {
    package static let common: [UseCase.Input] = [
        .optional(
            "data",
            "DIR",
            .directory,
            uk: "каталог вузла (типово $KARTOTEKA_DATA або /var/lib/kartoteka)",
            en: "the node's directory ($KARTOTEKA_DATA or /var/lib/kartoteka)"
        ),
        .flag("json", uk: "вивід для програм", en: "output for machines"),
        .optional("lang", "uk|en", .code(.languages), uk: "мова повідомлень", en: "the language of messages"),
        .flag("verbose", uk: "докладно (також -v)", en: "in detail (also -v)"),
        .flag("help", uk: "ця довідка (також -h)", en: "this help (also -h)"),
    ]
}
