import Appeals

/// The register of streets.
extension UseCase {
    static let ofStreets: [UseCase] = [streetPut, streetImport, streetList, streetShow]

    package static let streetPut = UseCase(
        "street put",
        uk: "Записати вулицю до реєстру або змінити її",
        en: "Put a street into the register, or change it",
        writes: .acts("street.put"),
        operands: [
            .required(
                "street",
                "ID",
                .node,
                uk: "id вулиці: малі латинські літери",
                en: "the street's id: lower-case letters"
            )
        ],
        options: [
            .actor,
            .required(
                "type",
                "TYPE",
                .string,
                uk: "вул., просп., пров., бул., пл. …",
                en: "street, avenue, lane, boulevard, square …"
            ),
            .required("name", "TEXT", .string, into: "name", uk: "назва", en: "its name"),
            .optional("district", "TEXT", .string, into: "district", uk: "район", en: "its district"),
            .list(
                "former",
                "TEXT",
                .string,
                uk: "колишня назва: «вул. Орджонікідзе до 2016-02-19»",
                en: "a former name, with its kind and last day: KIND NAME until 2016-02-19"
            ),
            .list(
                "houses",
                "TEXT",
                .string,
                uk: "будинки іншого району: «1-47 непарні = Саксаганський», «60- = …»",
                en: "houses of another district: 1-47 odd = DISTRICT, 60- = DISTRICT"
            ),
        ],
        example: [
            "street": "stepana-tilhy", "as": "admin", "type": "вул.", "name": "Степана Тільги",
            "district": "Металургійний", "former": "вул. Орджонікідзе",
        ]
    )

    package static let streetImport = UseCase(
        "street import",
        uk: "Записати вулиці з таблиці CSV: id,type,name,district,former,houses",
        en: "Put the streets of a CSV table into the register: id,type,name,district,former,houses",
        writes: .acts("street.put"),
        lane: .long,
        operands: [
            .required(
                "file",
                "FILE",
                .contents(longest: InputType.longestFile),
                uk: "таблиця; зразок — deploy/data/streets.csv",
                en: "the table; a sample is deploy/data/streets.csv"
            )
        ],
        options: [.actor],
        example: ["file": "streets.csv", "as": "admin"]
    )

    package static let streetList = UseCase(
        "street list",
        uk: "Показати реєстр вулиць",
        en: "List the register of streets",
        writes: .reads,
        options: [.limit, .after],
        example: ["limit": "100"]
    )

    package static let streetShow = UseCase(
        "street show",
        uk: "Показати вулицю: за id, назвою чи адресою, як її пишуть",
        en: "Show a street: by id, name or an address as people write it",
        writes: .reads,
        operands: [
            .required("address", "ADDRESS", .place, uk: "назва, id або адреса", en: "a name, an id or an address")
        ],
        example: ["address": "вул. Героїв АТО, 30, кв. 5"]
    )
}
