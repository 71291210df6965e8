import Desk

/// What only the program at the machine does, around a node's store: its rows stand here, since no other face has them.
extension UseCase {
    fileprivate static let aroundNode: [UseCase] = [
        UseCase(
            "init office",
            uk: "Створити вузол Центру",
            en: "Create the office's node",
            writes: .machine("department.put", "person.put", "role.granted", "calendar.put"),
            place: .withoutNode,
            options: [
                .required(
                    "node",
                    "ID",
                    .node,
                    uk: "id вузла: малі латинські літери",
                    en: "the node's id: lower-case letters"
                ), .required("name", "TEXT", .string, into: "name", uk: "назва Центру", en: "the office's name"),
                .required(
                    "admin",
                    "USER",
                    .person,
                    uk: "id першого адміністратора",
                    en: "the first administrator's id"
                ),
                .required(
                    "admin-name",
                    "TEXT",
                    .string,
                    into: "name",
                    uk: "його прізвище, ім'я, по батькові",
                    en: "the administrator's name"
                ),
                .optional(
                    "listen",
                    "ADDRESS",
                    .address,
                    uk: "на якій адресі слухати (типово 127.0.0.1)",
                    en: "the address to listen at (127.0.0.1 if not given)"
                ),
                .optional(
                    "port",
                    "N",
                    .number(0...65_535),
                    uk: "порт обміну (типово 8443)",
                    en: "the port of exchange (8443 if not given)"
                ),
                .optional(
                    "enrol-port",
                    "N",
                    .number(0...65_535),
                    uk: "порт приєднання (типово 8444)",
                    en: "the port of joining (8444 if not given)"
                ),
                .list(
                    "host",
                    "NAME",
                    .host,
                    uk: "ім'я, за яким Центр бачать підрозділи",
                    en: "a name under which departments reach the office"
                ),
            ],
            example: [
                "node": "urz", "name": "Управління звернень", "admin": "admin", "admin-name": "Сидоренко О. І.",
                "listen": "0.0.0.0", "host": "office.example",
            ]
        ),
        UseCase(
            "administrator name",
            uk: "Назвати адміністратора, коли жодного немає: на зупиненому вузлі, від імені власника каталогу",
            en: "Name an administrator where there is none: on a stopped node, as the owner of its directory",
            writes: .machine("administrator.named"),
            place: .withoutNode,
            operands: [.required("user", "USER", .person, uk: "id працівника", en: "the person's id")],
            options: [.required("reason", "TEXT", .string, into: "reason", uk: "чому", en: "why")],
            example: ["user": "koval", "reason": "Адміністратор звільнився", "data": "/var/lib/kartoteka"]
        ),
        UseCase(
            "init department",
            uk: "Створити каталог вузла підрозділу",
            en: "Create a department's node",
            writes: .machine(),
            place: .withoutNode,
            options: [.required("node", "ID", .node, uk: "id підрозділу", en: "the department's id")],
            example: ["node": "zhkg"]
        ),
        UseCase(
            "join",
            uk: "Приєднати вузол підрозділу за запрошенням",
            en: "Join a department's node by an invitation",
            writes: .machine(),
            place: .withoutNode,
            options: [
                .required(
                    "invitation",
                    "FILE",
                    .contents(longest: InputType.longestFile),
                    uk: "файл запрошення, «-» — зі стандартного вводу",
                    en: "the invitation's file, \"-\" for standard input"
                )
            ],
            example: ["invitation": "zhkg.invitation", "data": "/var/lib/kartoteka"]
        ),
        UseCase(
            "serve",
            uk: "Запустити вузол",
            en: "Run the node",
            writes: .machine(),
            place: .withoutNode,
            example: ["data": "/var/lib/kartoteka"]
        ),
        UseCase(
            "open",
            uk: "Відкрити вузол у браузері; у порожньому каталозі – заснувати його там",
            en: "Open the node in a browser; in an empty directory, make it there",
            writes: .machine("department.put", "person.put", "role.granted", "calendar.put"),
            place: .withoutNode,
            options: [
                .optional(
                    "port",
                    "N",
                    .number(1...65_535),
                    uk: "порт для браузера нового вузла (типово 8440)",
                    en: "the port for browsers of a new node (8440 if not given)"
                ),
                .optional(
                    "sync-port",
                    "N",
                    .number(0...65_535),
                    uk: "порт обміну нового Центру (типово 8443)",
                    en: "the port of exchange of a new office (8443 if not given)"
                ),
                .optional(
                    "enrol-port",
                    "N",
                    .number(0...65_535),
                    uk: "порт приєднання нового Центру (типово 8444)",
                    en: "the port of joining of a new office (8444 if not given)"
                ),
            ],
            example: ["data": "/var/lib/kartoteka"]
        ),
        UseCase(
            "web trust",
            uk: "Показати, як навчити телефон чи комп'ютер довіряти вузлу",
            en: "Show how a phone or a computer is taught to trust the node",
            writes: .machine(),
            place: .withoutNode,
            options: [
                .flag(
                    "new",
                    uk: "зробити нового засвідчувача для назв із [web]; кожен пристрій треба навчити наново",
                    en: "make a new authority for the names in [web]; every device must be taught again"
                )
            ],
            example: ["data": "/var/lib/kartoteka"]
        ),
        UseCase(
            "backup create",
            uk: "Зробити резервну копію",
            en: "Make a backup",
            writes: .machine(),
            place: .withoutNode,
            operands: [
                .optional(
                    "file",
                    "DIR",
                    .directory,
                    uk: "новий каталог для копії (типово під backup.directory)",
                    en: "a new directory for it (if not given, under backup.directory)"
                )
            ],
            options: [
                .flag(
                    "with-keys",
                    uk: "записати ключі в окремий файл поряд",
                    en: "write the keys to a file of their own beside it"
                )
            ],
            example: ["file": "/mnt/usb/urz-2026-05-14"]
        ),
        UseCase(
            "backup verify",
            uk: "Перевірити резервну копію",
            en: "Verify a backup",
            writes: .machine(),
            place: .withoutNode,
            operands: [.required("file", "DIR", .directory, uk: "каталог копії", en: "the backup's directory")],
            example: ["file": "/mnt/usb/urz-2026-05-14"]
        ),
        UseCase(
            "restore",
            uk: "Відновити вузол із резервної копії в новий каталог",
            en: "Restore a node from a backup into a new directory",
            writes: .machine(),
            place: .withoutNode,
            operands: [.optional("backup", "DIR", .directory, uk: "каталог копії", en: "the backup's directory")],
            options: [
                .optional(
                    "keys",
                    "FILE",
                    .file,
                    uk: "файл ключів від backup create --with-keys",
                    en: "the file of keys of backup create --with-keys"
                ),
                .optional(
                    "former",
                    "DIR",
                    .directory,
                    uk: "колишній каталог вузла, якщо вцілів: ключі, списки стертого й допусків",
                    en: "the former directory, if it is left: keys, erasures and admissions"
                ),
                .optional(
                    "erasures",
                    "FILE",
                    .file,
                    uk: "erasures.log колишнього вузла",
                    en: "the former node's erasures.log"
                ),
                .optional(
                    "admissions",
                    "FILE",
                    .file,
                    uk: "admissions.log колишнього вузла або його копія",
                    en: "the former node's admissions.log, or its copy"
                ),
                .flag(
                    "declare",
                    uk: "оголосити відновлення: без цього serve не запуститься",
                    en: "declare the restore: serve refuses until it is"
                ),
            ],
            example: [
                "backup": "/mnt/usb/urz-2026-05-14", "keys": "urz.keys", "data": "/var/lib/kartoteka", "declare": "",
            ]
        ),
        UseCase(
            "conformance",
            uk: "Випробувати чужий вузол підрозділу: чи тримається він protocol.md",
            en: "Try a foreign department node: does it keep to protocol.md",
            writes: .machine(),
            place: .withoutNode,
            options: [
                .required(
                    "listen",
                    "ADDRESS",
                    .address,
                    uk: "адреса й порт приєднання; обмін на наступному порту",
                    en: "address and port of joining; the exchange is at the next port"
                ),
                .required(
                    "out",
                    "FILE",
                    .file,
                    uk: "куди записати запрошення вузла probe",
                    en: "where to write the invitation of probe"
                ),
                .optional(
                    "do",
                    "COMMAND",
                    .program,
                    uk: "програма, що виконує кроки замість людини: COMMAND КРОК [СЛОВО …]",
                    en: "a program that does the steps instead of a person: COMMAND STEP [WORD …]"
                ),
            ],
            example: ["listen": "127.0.0.1:9443", "out": "probe.invitation", "do": "./steps"]
        ),
    ]
}

extension Commands {
    static let around: [Command] = UseCase.aroundNode.map(byProgram)

    /// The body only answers a caller that is not the program.
    static func byProgram(_ row: UseCase) -> Command {
        Command(row) { _ in
            throw DeskError(
                .failed,
                "notHere",
                uk: "команду «\(row.name)» виконує лише програма kartoteka",
                en: "\"\(row.name)\" is done by the program kartoteka only"
            )
        }
    }
}
