package import Appeals
package import Cryptography
import Desk
import Glibc
package import Transport

extension ClientError: Worded {
    package var label: Label { Label(uk: Label.client(kind), en: description) }
}

extension ServerError: Worded {
    package var label: Label {
        let why =
            switch code {
            case 0: ""
            case EADDRINUSE: ": його вже зайнято"
            case EADDRNOTAVAIL: ": такої адреси ця машина не має"
            case EINVAL: ": адреса має бути числовою, як 0.0.0.0 чи ::1"
            case ENAMETOOLONG: ": шлях до сокета має щонайбільше 107 байтів"
            default: ": " + Label(errno: code).uk
            }
        return Label(uk: "не вдалося слухати порт чи сокет" + why, en: description)
    }
}

extension CryptographyError: Worded {
    package var label: Label { Label(uk: "ключ або сертифікат не підходить", en: description) }
}

extension Label {
    /// A failure of the system; its own words know only English here.
    package init(errno code: Int32) {
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
        self.init(uk: uk ?? "помилка системи \(code)", en: words)
    }

    fileprivate static func client(_ kind: ClientError.Kind) -> String {
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
