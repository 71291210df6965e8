import Appeals
import Desk

/// Commands around a node's store: declared here, done by the program itself.
extension Commands {
    static let around: [Command] = [
        around(
            "init office",
            uk: "Створити вузол Центру",
            en: "Create the office's node",
            options: [
                .required("node", "ID", uk: "id вузла: малі латинські літери", en: "the node's id: lower-case letters"),
                .required("name", "TEXT", uk: "назва Центру", en: "the office's name"),
                .required("admin", "USER", uk: "id першого адміністратора", en: "the first administrator's id"),
                .required("admin-name", "TEXT", uk: "його прізвище, ім'я, по батькові", en: "the administrator's name"),
                .text(
                    "listen",
                    "ADDRESS",
                    uk: "на якій адресі слухати (типово 127.0.0.1)",
                    en: "the address to listen at (127.0.0.1 if not given)"
                ),
                CommandOption(
                    "port",
                    "N",
                    .number,
                    uk: "порт обміну (типово 8443)",
                    en: "the port of exchange (8443 if not given)"
                ),
                CommandOption(
                    "enrol-port",
                    "N",
                    .number,
                    uk: "порт приєднання (типово 8444)",
                    en: "the port of joining (8444 if not given)"
                ),
                .list(
                    "host",
                    "NAME",
                    uk: "ім'я, за яким Центр бачать підрозділи",
                    en: "a name under which departments reach the office"
                ),
            ],
            example:
                "kartoteka init office --node urz --name \"Управління звернень\" --admin admin --admin-name \"Сидоренко О. І.\" "
                + "--listen 0.0.0.0 --host office.example"
        ),
        around(
            "init department",
            uk: "Створити каталог вузла підрозділу",
            en: "Create a department's node",
            options: [.required("node", "ID", uk: "id підрозділу", en: "the department's id")],
            example: "kartoteka init department --node zhkg"
        ),
        around(
            "join",
            uk: "Приєднати вузол підрозділу за запрошенням",
            en: "Join a department's node by an invitation",
            options: [
                .contents(
                    "invitation",
                    isRequired: true,
                    uk: "файл запрошення, «-» — зі стандартного вводу",
                    en: "the invitation's file, \"-\" for standard input"
                )
            ],
            example: "kartoteka join --invitation zhkg.invitation --data /var/lib/kartoteka"
        ),
        around(
            "serve",
            uk: "Запустити вузол",
            en: "Run the node",
            example: "kartoteka serve --data /var/lib/kartoteka"
        ),
        around(
            "backup create",
            uk: "Зробити резервну копію",
            en: "Make a backup",
            operands: [
                CommandOption(
                    "file",
                    "DIR",
                    .path,
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
            example: "kartoteka backup create /mnt/usb/urz-2026-05-14"
        ),
        around(
            "backup verify",
            uk: "Перевірити резервну копію",
            en: "Verify a backup",
            operands: [
                CommandOption("file", "DIR", .path, isRequired: true, uk: "каталог копії", en: "the backup's directory")
            ],
            example: "kartoteka backup verify /mnt/usb/urz-2026-05-14"
        ),
        around(
            "restore",
            uk: "Відновити вузол із резервної копії в новий каталог",
            en: "Restore a node from a backup into a new directory",
            operands: [CommandOption("backup", "DIR", .path, uk: "каталог копії", en: "the backup's directory")],
            options: [
                CommandOption(
                    "keys",
                    "FILE",
                    .path,
                    uk: "файл ключів від backup create --with-keys",
                    en: "the file of keys of backup create --with-keys"
                ),
                CommandOption(
                    "former",
                    "DIR",
                    .path,
                    uk: "колишній каталог вузла, якщо вцілів: ключі, списки стертого й допусків",
                    en: "the former directory, if it is left: keys, erasures and admissions"
                ),
                CommandOption(
                    "erasures",
                    "FILE",
                    .path,
                    uk: "erasures.log колишнього вузла",
                    en: "the former node's erasures.log"
                ),
                CommandOption(
                    "admissions",
                    "FILE",
                    .path,
                    uk: "admissions.log колишнього вузла або його копія",
                    en: "the former node's admissions.log, or its copy"
                ),
                .flag(
                    "declare",
                    uk: "оголосити відновлення: без цього serve не запуститься",
                    en: "declare the restore: serve refuses until it is"
                ),
            ],
            example: "kartoteka restore /mnt/usb/urz-2026-05-14 --keys urz.keys --data /var/lib/kartoteka --declare"
        ),
        around(
            "conformance",
            uk: "Випробувати чужий вузол підрозділу: чи тримається він protocol.md",
            en: "Try a foreign department node: does it keep to protocol.md",
            options: [
                .required(
                    "listen",
                    "ADDRESS",
                    uk: "адреса й порт приєднання; обмін на наступному порту",
                    en: "address and port of joining; the exchange is at the next port"
                ),
                .required(
                    "out",
                    "FILE",
                    uk: "куди записати запрошення вузла probe",
                    en: "where to write the invitation of probe"
                ),
                .text(
                    "do",
                    "COMMAND",
                    uk: "програма, що виконує кроки замість людини: COMMAND КРОК [СЛОВО …]",
                    en: "a program that does the steps instead of a person: COMMAND STEP [WORD …]"
                ),
            ],
            example: "kartoteka conformance --listen 127.0.0.1:9443 --out probe.invitation --do ./steps"
        ),
    ]

    /// The body only answers a caller that is not the program.
    static func around(
        _ name: String,
        uk: String,
        en: String,
        operands: [CommandOption] = [],
        options: [CommandOption] = [],
        example: String
    ) -> Command {
        Command(name, uk: uk, en: en, place: .withoutNode, operands: operands, options: options, example: example) {
            _ in
            throw DeskError(
                .failed,
                "notHere",
                uk: "команду «\(name)» виконує лише програма kartoteka",
                en: "\"\(name)\" is done by the program kartoteka only"
            )
        }
    }
}
