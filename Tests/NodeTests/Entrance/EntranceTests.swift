import Appeals
import CanonicalJSON
import Desk
import Testing

/// Kinds of what people type, each a table of inputs and right values.
@Suite("The entrance")
struct EntranceTests {
    private let entrance = Entrance(today: CivilDate("2026-05-14"))

    /// The value that goes on, or the code of the refusal.
    private func entered(_ typed: String, _ type: InputType) -> String {
        do { return try entrance.enter(typed, as: type, into: .named("x")) } catch { return error.code }
    }

    @Test(
        "a telephone in any of its spellings is one number; what is none is refused",
        arguments: [
            ("+380561234567", "+380561234567"), ("0561234567", "+380561234567"),
            ("+38 (056) 123-45-67", "+380561234567"), ("380561234567", "+380561234567"),
            ("80561234567", "+380561234567"), ("561234567", "561234567"),
            ("056\u{a0}123\u{2013}45\u{2013}67", "+380561234567"), ("\u{202a}+380561234567\u{202c}", "+380561234567"),
            ("00380561234567", "+380561234567"), ("+48 22 123 45 67", "+48221234567"),
            ("0048221234567", "+48221234567"),
            ("0 50 000", "wrongPhone"), ("1", "wrongPhone"), ("101", "wrongPhone"), ("не-пошта", "wrongPhone"),
            ("+38056123456", "wrongPhone"), ("+3805612345678", "wrongPhone"), ("1234567", "wrongPhone"),
            ("0561234567, 0501234567", "wrongPhone"), ("+0561234567", "wrongPhone"), ("056 12+34567", "wrongPhone"),
            ("٠٥٦١٢٣٤٥٦٧", "wrongPhone"), ("", "missingOption"), ("\u{200b}", "nothingToSee"),
        ]
    )
    func phones(typed: String, right: String) { #expect(entered(typed, .phone) == right) }

    @Test(
        "what was typed for a telephone goes on where it says more than the number: words, an extension, a guessed zero",
        arguments: [
            ("056 123-45-67 дод. 12", "+380561234567"), ("+38 (056) 123-45-67 вн. 5", "+380561234567"),
            ("0671234567 (сусідка, після 18:00)", "+380671234567"), ("тел. 056 123 45 67", "+380561234567"),
            ("0671234567, 18:00-20:00", "+380671234567"), ("067 123 45 67 18:00-20:00", "+380671234567"),
            ("056 123-45-67 (12)", "+380561234567"), ("донька: +48 22 123 45 67", "+48221234567"),
            ("0671234567, кв. 5", "+380671234567"), ("561234567", "+380561234567"),
            ("067 123 45 67 (до 05.12.2026)", "+380671234567"), ("067-123-45-67; те саме 0671234567", "+380671234567"),
        ]
    )
    func saysMore(typed: String, number: String) {
        #expect(entered(typed, .phone) == typed)
        #expect(entered(entered(typed, .phone), .phone) == typed)
        let phone = PhoneNumber(kept: typed)
        #expect(phone?.number == number && phone?.typed == typed)
    }

    @Test(
        "several numbers, numbers of other things, and words without a number are no telephone",
        arguments: [
            "0671234567 або 0501234567", "0671234567 (0501234567)", "паспорт 123456789", "договір 1234567890",
            "сусідка 1234567", "0671234567 і 12345678901", "після 18:00", "дод. 12", "056 123-45-678 дод.",
        ]
    )
    func saysNone(typed: String) { #expect(entered(typed, .phone) == "wrongPhone") }

    @Test(
        "an address of e-mail looks like one, and is kept as it was typed",
        arguments: [
            (" petrenko@ukr.net ", "petrenko@ukr.net"), ("O'Neil+a@Example.ORG", "O'Neil+a@Example.ORG"),
            ("пошта@приклад.укр", "пошта@приклад.укр"), ("не-пошта", "wrongEmail"), ("a@b", "wrongEmail"),
            ("a@b.c", "wrongEmail"), ("a b@c.ua", "wrongEmail"), ("a@@c.ua", "wrongEmail"), ("@c.ua", "wrongEmail"),
            ("a@c..ua", "wrongEmail"), ("a@-c.ua", "wrongEmail"), (".a@c.ua", "wrongEmail"),
            ("a@c.ua,b@c.ua", "wrongEmail"), ("\u{feff}", "nothingToSee"),
        ]
    )
    func emails(typed: String, right: String) { #expect(entered(typed, .email) == right) }

    @Test(
        "a name of a person has a letter",
        arguments: [
            ("  Петренко   Іван\tІванович\r\n", "Петренко Іван Іванович"), ("O’Брайен", "O’Брайен"),
            ("Сич\u{1b}[2J", "Сич[2J"), ("ОСББ «Сонячне-12»", "ОСББ «Сонячне-12»"), ("李", "李"),
            ("1234", "wrongName"), ("’’’", "wrongName"), ("— —", "wrongName"), ("\u{200b}", "nothingToSee"),
            ("\u{3164}", "nothingToSee"), ("\u{2800} ", "nothingToSee"),
        ]
    )
    func names(typed: String, right: String) { #expect(entered(typed, .personName) == right) }

    @Test(
        "one line has no unseen character; a sign that is joined of several stays whole",
        arguments: [
            ("\u{feff}вул.\u{a0} Київська,  5 ", "вул. Київська, 5"), ("а\u{0}б\u{7f}в\u{9b}г", "абвг"),
            ("а\u{202e}б\u{2066}в", "абв"), ("а\u{ad}б\u{2060}в", "абв"), ("рядок\u{2028}другий", "рядок другий"),
            ("👩\u{200d}🌾 ❤\u{fe0f}", "👩\u{200d}🌾 ❤\u{fe0f}"), ("\u{200d}а\u{200c}", "а"),
            ("\u{200b}\u{2060}", "nothingToSee"), (" \t ", "nothingToSee"), ("", "missingOption"),
        ]
    )
    func lines(typed: String, right: String) { #expect(entered(typed, .string) == right) }

    @Test(
        "words keep their lines and spaces, and lose marks of files and control characters",
        arguments: [
            ("\u{feff}Немає води", "Немає води"), ("а\r\nб\rв\u{2028}г", "а\nб\nв\nг"), ("а\r\r\nб", "а\n\nб"),
            ("а  \u{a0}б", "а  \u{a0}б"), ("x\u{1b}]0;чуже\u{7}", "x]0;чуже"), ("а\u{0}б", "аб"),
            ("\n\n  а\n \u{200b}", "а"), ("\u{200b}\u{2060}", "nothingToSee"),
        ]
    )
    func words(typed: String, right: String) {
        #expect(entered(typed, .words) == right)
        #expect(entered(typed, .contents(longest: Limits.text)) == right)
    }

    @Test("of a file that is no text of people only the mark before it is taken away")
    func files() {
        #expect(entered("\u{feff}{\"a\": 1}\r\n", .contents(longest: InputType.longestFile)) == "{\"a\": 1}\r\n")
        #expect(entered(" a\u{200b} ", .file) == " a\u{200b} ")
    }

    @Test(
        "days and moments as people write them",
        arguments: [
            ("2026-05-14", InputType.date, "2026-05-14"), (" 14.05.2026", .date, "2026-05-14"),
            ("4.5.2026", .date, "2026-05-04"), ("today", .date, "2026-05-14"), ("Сьогодні", .date, "2026-05-14"),
            ("31.02.2026", .date, "wrongDate"), ("14.05.26", .date, "wrongDate"), ("05/14/2026", .date, "wrongDate"),
            ("14.05.2026 10:00", .moment, "2026-05-14T10:00:00+03:00"),
            ("14.05.2026 9:30:15", .moment, "2026-05-14T09:30:15+03:00"),
            ("2026-05-14 09:30", .moment, "2026-05-14T09:30:00+03:00"),
            ("2026-05-14T06:30:00Z", .moment, "2026-05-14T09:30:00+03:00"),
            ("14.05.2026", .moment, "2026-05-14T00:00:00+03:00"), ("14.05.2026 25:00", .moment, "wrongTime"),
            ("колись", .moment, "wrongTime"), ("external:31.12.2026", .basis, "external:2026-12-31"),
            ("month", .basis, "month"), ("shortened:40", .basis, "unknownCode"), ("рік", .basis, "unknownCode"),
        ]
    )
    func times(typed: String, type: InputType, right: String) { #expect(entered(typed, type) == right) }

    @Test(
        "codes by themselves or by their words, in any letter case",
        arguments: [
            ("complaint", InputType.code(.kinds), "complaint"), ("COMPLAINT", .code(.kinds), "complaint"),
            ("скарга", .code(.kinds), "complaint"), (" Скарга\u{200b}", .code(.kinds), "complaint"),
            ("zzz", .code(.headings), "unknownCode"), ("090", .code(.headings), "090"),
            ("zzz", .code(.sexes), "unknownCode"), ("так", .flag, "true"), ("може", .flag, "wrongType"),
            ("1 000", .number(1...2_000), "1000"), ("0", .number(1...2_000), "wrongNumber"),
            ("1=Satisfied", .issueResult, "1=satisfied"), ("1=zzz", .issueResult, "unknownCode"),
            ("1", .issueResult, "wrongField"), ("zhkg = 1,3", .issuesOfDepartment, "zhkg=1,3"),
            ("zhkg = 29.05.2026", .termOfDepartment, "zhkg=2026-05-29"), ("zhkg", .termOfDepartment, "wrongField"),
            ("zhkg=31.02.2026", .termOfDepartment, "wrongDate"),
        ]
    )
    func codes(typed: String, type: InputType, right: String) { #expect(entered(typed, type) == right) }

    @Test(
        "a correction takes what the registration takes",
        arguments: [
            ("heading@1=zzz", "unknownCode"), ("heading@1=090", "heading@1=090"), ("applicant.sex=zzz", "unknownCode"),
            ("applicant.category=zzz", "unknownCode"), ("applicant.socialStatus=zzz", "unknownCode"),
            ("addressee=zzz", "unknownCode"), ("applicant.name=1234", "wrongName"),
            ("applicant.address= вул.\u{a0}Спаська,  5 ", "applicant.address=вул. Спаська, 5"),
            ("applicant.address=", "applicant.address="), ("applicant.address=—", "wrongPlace"),
            ("priority=так", "priority=true"), ("signatories=0", "wrongNumber"), ("address", "wrongField"),
        ]
    )
    func corrections(typed: String, right: String) { #expect(entered(typed, .correction) == right) }

    @Test("a refusal names the field, the value and an example, in words and for machines")
    func refusals() throws {
        let error = #expect(throws: DeskError.self) {
            try entrance.enter("0 50\u{202e} 000", as: .phone, into: .named("contact"))
        }
        let found = try #require(error)
        #expect(found.details["field"] == "contact")
        #expect(found.details["example"] == "+380561234567")
        #expect(found.details["value"]?.string?.contains("0 50") == true)
    }

    private static let refusals = [
        "wrongPhone", "wrongEmail", "wrongName", "wrongPlace", "wrongTime", "wrongDate", "nothingToSee",
    ]

    @Test("what has come through the entrance comes through it again unchanged")
    func twice() {
        let types: [InputType] = [.string, .words, .phone, .email, .personName, .place, .moment, .date, .index]
        let texts = [
            "\u{feff} а\u{200d}\r\n\u{200b}б ", "0561234567", " a@b.ua", "14.05.2026 9:30", "4.5.2026",
            "❤\u{fe0f}\u{200b}\u{fe0f}",
            "\u{fe0f}а", "а\u{200b} \u{200d} б", "\r\n\u{b}а\u{85}б",
        ]
        for type in types {
            for text in texts {
                let once = entered(text, type)
                #expect(entered(once, type) == once || Self.refusals.contains(once), "\(type) \(text.debugDescription)")
            }
        }
    }
}
