public import Appeals
import CanonicalJSON
import Cryptography
import Glibc
import Replication
import Transport

/// What the layers below threw, in both languages: in our words what it is, and their own words for whoever looks closer.
extension Label {
    package init(cause: any Error) {
        switch cause {
        case let error as NodeError: self = error.message
        case let error as StoreError: self.init(uk: "\(Self.store(error.kind)) (\(error))", en: error.description)
        case let error as ClientError: self.init(uk: "\(Self.client(error.kind)) (\(error))", en: error.description)
        case let error as ServerError:
            self.init(uk: "не вдалося слухати порт чи сокет (\(error))", en: error.description)
        case let error as CryptographyError:
            self.init(uk: "ключ або сертифікат не підходить (\(error))", en: error.description)
        case let error as JSONError:
            self.init(uk: "це не JSON, байт \(error.offset) (\(error.reason))", en: error.description)
        default: self.init("\(cause)")
        }
    }

    /// A failure of the system; its own words know only English here.
    public init(errno code: Int32) {
        let words = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        let uk: String? =
            switch code {
            case ENOENT: "такого файлу чи каталогу немає"
            case EACCES, EPERM: "немає дозволу"
            case EEXIST: "уже є"
            case ENOTDIR: "на шляху стоїть не каталог"
            case EISDIR: "це каталог"
            case ENOSPC, EDQUOT: "на диску немає місця"
            case EROFS: "файлова система лише для читання"
            case EFBIG: "файл завеликий"
            case EIO: "диск не читає або не пише"
            case EMFILE, ENFILE: "відкрито забагато файлів"
            case ENAMETOOLONG: "назва задовга"
            case ELOOP: "забагато посилань на шляху"
            case EPIPE: "той, хто читав, закрив канал"
            case ENOTEMPTY: "каталог не порожній"
            default: nil
            }
        self.init(uk: uk ?? "помилка системи \(code) (\(words))", en: words)
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
        case .other: "сховище: дія не вдалася"
        }
    }

    private static func client(_ kind: ClientError.Kind) -> String {
        switch kind {
        case .unreachable: "за цією адресою ніхто не відповідає"
        case .tls: "безпечне з'єднання не встановлено"
        case .timeout: "відповідь не надійшла вчасно"
        case .stalled: "з'єднання відкривається, але великі пакети губляться дорогою; перевірте MTU"
        case .tooLarge: "відповідь завелика"
        case .cut: "з'єднання обірвалося"
        case .cancelled: "запит скасовано"
        case .invalid: "обмін не за правилами"
        }
    }
}
