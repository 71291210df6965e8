import Cryptography
import Testing

@testable import Accounts

@Suite("Passwords")
struct PasswordTests {
    static let rows: [(typed: String, faults: Set<Password.Fault>)] = [
        ("коротке", [.tooShort]), ("одинадцять1", [.tooShort]), ("дванадцять12", []),
        ("correct horse battery", []), ("Password1234", [.isCommon]), ("aaaaaaaaaaaaa", [.isRepeated]),
        ("abababababab", [.isRepeated]), ("petrenko12345", [.isOwnName]), ("Петренко-Іван1", [.isOwnName]),
        ("petrenko пише вірші", []), (String(repeating: "abcdef", count: 86), [.tooLong]), ("👩‍🔧 ремонтує дах", []),
    ]

    @Test("what is wrong with a new one", arguments: rows.indices)
    func faults(row: Int) {
        let (typed, faults) = Self.rows[row]
        let found = Password(typed).faults(of: ["petrenko", "Петренко Іван"]) { $0 == "password1234" }
        #expect(found == faults, "\(typed.prefix(30))")
    }

    @Test("a hash fits its password alone, is read back, and says when it is outdated")
    func hash() throws {
        let salt = [UInt8](1...16)
        let hash = try PasswordHash(Password("дванадцять12"), salt: salt)
        let read = try #require(PasswordHash(hash.text))
        #expect(read == hash && !read.isOutdated)
        #expect(try read.fits(Password("дванадцять12")))
        #expect(try !read.fits(Password("дванадцять13")) && !read.fits(Password("")))
        let former = try #require(PasswordHash(hash.text.replacing("scrypt$15", with: "scrypt$14")))
        #expect(former.isOutdated)
        let nobody = try #require(PasswordHash.ofNobody)
        #expect(try !nobody.fits(Password("дванадцять12")) && !nobody.isOutdated)
        for text in ["", "scrypt$15$8$3$AA==", "bcrypt" + hash.text.dropFirst(6), hash.text + "$"] {
            #expect(PasswordHash(text) == nil)
        }
    }
}

@Suite("Codes for one use")
struct OneTimeCodeTests {
    @Test("are read as they are printed, and as people copy them")
    func typed() throws {
        let code = try #require(OneTimeCode([UInt8](0..<16)))
        #expect(code.text == "000G-40R4-0M30-E209-185G-R38E-1W")
        for text in [code.text, code.text.lowercased(), code.text.replacing("-", with: " "), "  " + code.text + "\n"] {
            #expect(OneTimeCode(typed: text) == code)
        }
        #expect(OneTimeCode(typed: code.text.replacing("0", with: "o").replacing("1", with: "l")) == code)
        for text in [
            "", String(code.text.dropLast()), code.text + "0", "U" + code.text.dropFirst(), code.text.dropLast() + "Z",
        ] {
            #expect(OneTimeCode(typed: text) == nil, "\(text)")
        }
        #expect(OneTimeCode([1]) == nil)
    }
}

@Suite("Sessions and wrong guesses")
struct SessionTests {
    @Test("a session ends when nobody asks, when it is long, and when somebody ends it")
    func session() {
        let start: Int64 = 1_000_000_000_000, minute: Int64 = 60_000
        var session = Session(began: start)
        #expect(session.state(at: start + 29 * minute) == .live(until: start + 30 * minute))
        #expect(session.state(at: start + 30 * minute) == .ended)
        var now = start
        while now < start + 13 * 60 * minute {
            session.use(at: now)
            #expect((session.state(at: now) != .ended) == (now < start + 12 * 60 * minute))
            now += 20 * minute
        }
        var other = Session(began: start)
        other.use(at: start - 5 * minute)
        #expect(other.state(at: start - 5 * minute) == .live(until: start + 30 * minute))
        other.end(at: start + minute)
        other.end(at: start + 2 * minute)
        #expect(other.state(at: start + minute) == .ended && other.endedAt == start + minute)
    }

    @Test("wrong guesses wait longer each time, a right one forgets them, a clock set back keeps nobody out")
    func guesses() {
        var delay = GuessDelay()
        let now: Int64 = 1_000_000_000_000
        var waits: [Int64] = []
        for _ in 0..<16 {
            delay.guessedWrong(at: now)
            waits.append((delay.waitsUntil(at: now) ?? now) - now)
        }
        #expect(waits.prefix(6) == [0, 0, 0, 1_000, 2_000, 4_000] && waits.last == GuessDelay.longest)
        #expect(delay.waitsUntil(at: now + GuessDelay.longest) == nil)
        #expect(delay.waitsUntil(at: now - GuessDelay.longest) == nil)
        delay.guessedRight()
        #expect(delay == GuessDelay())
    }
}
