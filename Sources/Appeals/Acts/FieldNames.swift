/// What a clerk calls a field of an act: by its place in the operation, and by the kind where that matters.
public enum FieldNames {
    /// The name of the field at a path (`personal.questions[1]`, `body.fields.district@…`); the path itself if it has none.
    public static func label(_ path: String, kind: String? = nil) -> Label {
        let place = place(path)
        if let kind, let label = ofKind["\(kind) \(place)"] { return label }
        if let label = fields[place] { return label }
        return registers[place.split(separator: ".").dropFirst(2).joined(separator: ".")] ?? Label(path)
    }

    /// Whether the field at a path has a name.
    public static func isNamed(_ path: String, kind: String) -> Bool { label(path, kind: kind) != Label(path) }

    /// The path without the places in lists and the entities of registers.
    private static func place(_ path: String) -> String {
        var place = "", isIndex = false
        for character in Names.bare(path) {
            if character == "[" { isIndex = true }
            if !isIndex { place.append(character) }
            if character == "]" { isIndex = false }
        }
        return place
    }

    // Looked up, never iterated.
    private static let ofKind: [String: Label] = [
        "appeal.registered personal.text": Label(uk: "текст звернення", en: "text of the appeal"),
        "note.added personal.text": Label(uk: "текст примітки", en: "text of the note"),
        "resolution.issued personal.text": Label(uk: "текст резолюції", en: "text of the resolution"),
        "answer.drafted personal.text": Label(uk: "текст відповіді", en: "text of the answer"),
        "resolution.issued body.author": Label(uk: "автор резолюції", en: "author of the resolution"),
        "control.removed body.author": Label(uk: "хто знімає з контролю", en: "who removes from control"),
        "control.removed body.basis": Label(uk: "підстава", en: "ground"),
        "person.put personal.name": Label(uk: "ім'я працівника", en: "name of the person"),
        "person.put personal.phone": Label(uk: "телефон працівника", en: "phone of the person"),
        "department.put body.name": Label(uk: "назва підрозділу", en: "name of the department"),
        "department.put body.code": Label(uk: "код підрозділу", en: "code of the department"),
        "role.granted body.role": Label(uk: "роль", en: "role"),
        "role.revoked body.role": Label(uk: "роль", en: "role"),
        "street.put body.name": Label(uk: "назва вулиці", en: "name of the street"),
        "person.put body.keep": Label(uk: "ролі, що лишаються", en: "roles that stay"),
        "person.put body.keep.department": Label(uk: "підрозділ ролі", en: "department of the role"),
        "person.put body.keep.role": Label(uk: "роль", en: "role"),
        "person.put body.basis": Label(uk: "підстава", en: "basis"),
        "document.recorded body.number": Label(uk: "номер документа", en: "number of the document"),
        "answer.dispatched body.number": Label(uk: "вихідний номер", en: "outgoing number"),
        "answer.dispatched body.by": Label(uk: "спосіб надсилання", en: "way of dispatch"),
        "appeal.forwarded body.number": Label(uk: "вихідний номер", en: "outgoing number"),
        "appeal.forwarded body.to": Label(uk: "кому надіслано", en: "to whom"),
        "appeal.concluded body.register": Label(uk: "у якому реєстрі", en: "in which register"),
        "appeal.explained body.by": Label(uk: "як роз'яснено", en: "way of explanation"),
        "document.recorded body.note": Label(uk: "примітка до документа", en: "note on the document"),
    ]

    private static let fields: [String: Label] = [
        "": Label(uk: "дія загалом", en: "the act as a whole"),
        "body": Label(uk: "дія загалом", en: "the act as a whole"),
        "personal": Label(uk: "особисті дані", en: "personal part"),
        "body.index": Label(uk: "реєстраційний індекс", en: "registration index"),
        "body.registeredOn": Label(uk: "день реєстрації", en: "day of registration"),
        "body.receivedAt": Label(uk: "час надходження", en: "time of receipt"),
        "body.channel": Label(uk: "джерело надходження", en: "channel"),
        "body.addressee": Label(uk: "на чиє ім'я", en: "addressee"),
        "body.kind": Label(uk: "вид звернення", en: "kind"),
        "body.receiptSign": Label(uk: "ознака надходження", en: "sign of receipt"),
        "body.subjectType": Label(uk: "суб'єкт", en: "subject"),
        "body.signatories": Label(uk: "кількість підписів", en: "number of signatories"),
        "body.priority": Label(uk: "першочергово", en: "priority"),
        "body.confidential": Label(uk: "не розголошувати дані", en: "confidential"),
        "body.replyPreference": Label(uk: "форма відповіді", en: "reply preference"),
        "body.external": Label(uk: "номер надсилача", en: "sender's number"),
        "body.repeatOf": Label(uk: "повторне до", en: "repeat of"),
        "body.duplicateOf": Label(uk: "дублетне до", en: "duplicate of"),
        "body.complainedAgainst": Label(uk: "на кого скаржаться", en: "complained against"),
        "body.issues": Label(uk: "питання", en: "issues"),
        "body.issues.heading": Label(uk: "рубрика питання", en: "heading of the issue"),
        "body.issues.district": Label(uk: "район питання", en: "district of the issue"),
        "body.due": Label(uk: "строки", en: "due dates"),
        "body.due.statutory": Label(uk: "строк за законом", en: "statutory due date"),
        "body.due.control": Label(uk: "контрольний строк", en: "control date"),
        "body.due.cap": Label(uk: "граничний строк", en: "latest due date"),
        "body.due.basis": Label(uk: "підстава строку", en: "basis of the due date"),
        "body.due.calendar": Label(uk: "календар", en: "calendar"),
        "personal.name": Label(uk: "заявник", en: "applicant"), "personal.address": Label(uk: "адреса", en: "address"),
        "personal.workplace": Label(uk: "місце роботи", en: "place of work"),
        "personal.category": Label(uk: "категорія", en: "category"),
        "personal.socialStatus": Label(uk: "соціальний стан", en: "social status"),
        "personal.sex": Label(uk: "стать", en: "sex"), "personal.phones": Label(uk: "телефони", en: "phones"),
        "personal.phonesTyped": Label(uk: "телефони, як їх названо", en: "phones as typed"),
        "personal.phoneTyped": Label(uk: "телефон, як його названо", en: "phone as typed"),
        "personal.emails": Label(uk: "адреси ел. пошти", en: "e-mail addresses"),
        "personal.phone": Label(uk: "телефон", en: "phone"), "personal.email": Label(uk: "ел. пошта", en: "e-mail"),
        "personal.text": Label(uk: "текст", en: "text"),
        "personal.questions": Label(uk: "суть питання", en: "question"),
        "personal.problemAddresses": Label(uk: "адреса проблеми", en: "address of the problem"),
        "personal.words": Label(uk: "слова заявника", en: "the applicant's words"),
        "personal.fields": Label(uk: "виправлення", en: "corrections"),
        "body.fields": Label(uk: "виправлення", en: "corrections"), "body.reason": Label(uk: "причина", en: "reason"),
        "body.contact": Label(uk: "контакт", en: "contact"),
        "body.assignment": Label(uk: "доручення", en: "assignment"),
        "body.assignments": Label(uk: "доручення", en: "assignments"),
        "body.assignments.department": Label(uk: "підрозділ-виконавець", en: "department of the assignment"),
        "body.assignments.role": Label(uk: "роль виконавця", en: "role of the executor"),
        "body.assignments.issues": Label(uk: "питання доручення", en: "issues of the assignment"),
        "body.assignments.term": Label(uk: "термін доручення", en: "term of the assignment"),
        "body.author": Label(uk: "хто вирішив", en: "who decided"),
        "body.ground": Label(uk: "підстава за законом", en: "ground in law"),
        "body.author.user": Label(uk: "автор резолюції", en: "author of the resolution"),
        "body.author.role": Label(uk: "роль автора", en: "role of the author"),
        "body.author.substitution": Label(uk: "заміщення", en: "substitution"),
        "body.substitution": Label(uk: "заміщення", en: "substitution"),
        "body.author.from": Label(uk: "заміщення з", en: "substitution from"),
        "body.author.through": Label(uk: "заміщення до", en: "substitution until"),
        "body.from": Label(uk: "заміщення з", en: "substitution from"),
        "body.through": Label(uk: "заміщення до", en: "substitution until"),
        "body.supersedes": Label(uk: "що замінюється", en: "what is superseded"),
        "body.onControl": Label(uk: "на контроль", en: "on control"),
        "body.person": Label(uk: "виконавець", en: "executor"),
        "body.suggested": Label(uk: "кому пропонується", en: "suggested instead"),
        "body.version": Label(uk: "редакція відповіді", en: "version of the answer"),
        "body.final": Label(uk: "остаточна відповідь", en: "final answer"),
        "body.result": Label(uk: "результат", en: "result"), "body.results": Label(uk: "результати", en: "results"),
        "body.results.issues": Label(uk: "результати питань", en: "results of the issues"),
        "body.results.issues.issue": Label(uk: "питання", en: "issue"),
        "body.results.issues.result": Label(uk: "результат питання", en: "result of the issue"),
        "body.to": Label(uk: "кому надіслано", en: "to whom"), "body.date": Label(uk: "дата", en: "date"),
        "body.how": Label(uk: "спосіб зв'язку", en: "way of contact"),
        "body.document": Label(uk: "вид документа", en: "kind of document"),
        "body.statutory": Label(uk: "строк за законом", en: "statutory due date"),
        "body.control": Label(uk: "контрольний строк", en: "control date"),
        "body.decidedOn": Label(uk: "дата рішення", en: "date of the decision"),
        "body.decidedBy": Label(uk: "хто вирішив", en: "who decided"),
        "body.calendar": Label(uk: "календар", en: "calendar"),
        "body.held": Label(uk: "робота, що очікує", en: "held work"),
        "body.conflict": Label(uk: "розбіжність", en: "conflict"),
        "body.disagreement": Label(uk: "розбіжність", en: "disagreement"),
        "body.choice": Label(uk: "рішення", en: "choice"), "body.department": Label(uk: "підрозділ", en: "department"),
        "body.street": Label(uk: "вулиця", en: "street"), "body.form": Label(uk: "вид вулиці", en: "kind of street"),
        "body.district": Label(uk: "район", en: "district"),
        "body.former": Label(uk: "колишні назви", en: "former names"),
        "body.former.name": Label(uk: "колишня назва", en: "former name"),
        "body.former.form": Label(uk: "колишній вид", en: "former kind"),
        "body.former.until": Label(uk: "до якого дня", en: "through which day"),
        "body.houses": Label(uk: "будинки", en: "houses"),
        "body.houses.from": Label(uk: "перший будинок", en: "first house"),
        "body.houses.through": Label(uk: "останній будинок", en: "last house"),
        "body.houses.side": Label(uk: "бік вулиці", en: "side of the street"),
        "body.houses.district": Label(uk: "район будинків", en: "district of the houses"),
        "body.user": Label(uk: "працівник", en: "person"), "body.position": Label(uk: "посада", en: "position"),
    ]

    /// By the register that a correction is about.
    private static let registers: [String: Label] = [
        "channel": Label(uk: "джерело надходження", en: "channel"),
        "addressee": Label(uk: "на чиє ім'я", en: "addressee"),
        "receiptSign": Label(uk: "ознака надходження", en: "sign of receipt"),
        "subjectType": Label(uk: "суб'єкт", en: "subject"),
        "signatories": Label(uk: "кількість підписів", en: "number of signatories"),
        "replyPreference": Label(uk: "форма відповіді", en: "reply preference"),
        "external": Label(uk: "номер надсилача", en: "sender's number"),
        "priority": Label(uk: "першочергово", en: "priority"),
        "confidential": Label(uk: "не розголошувати дані", en: "confidential"),
        "repeatOf": Label(uk: "повторне до", en: "repeat of"),
        "duplicateOf": Label(uk: "дублетне до", en: "duplicate of"),
        "kind": Label(uk: "вид звернення", en: "kind"),
        "complainedAgainst": Label(uk: "на кого скаржаться", en: "complained against"),
        "applicant.name": Label(uk: "заявник", en: "applicant"),
        "applicant.address": Label(uk: "адреса", en: "address"),
        "applicant.category": Label(uk: "категорія", en: "category"),
        "applicant.workplace": Label(uk: "місце роботи", en: "place of work"),
        "applicant.socialStatus": Label(uk: "соціальний стан", en: "social status"),
        "applicant.sex": Label(uk: "стать", en: "sex"),
        "heading": Label(uk: "рубрика питання", en: "heading of the issue"),
        "district": Label(uk: "район питання", en: "district of the issue"),
        "problemAddress": Label(uk: "адреса проблеми", en: "address of the problem"),
    ]
}
