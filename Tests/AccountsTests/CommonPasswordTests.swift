import Testing

@testable import Accounts

@Suite("Passwords that many people have")
struct CommonPasswordTests {
    @Test(
        "are found with digits and signs around them, doubled, and typed in the other layout",
        arguments: [
            "password1234", "passwordpassword", "p@ssw0rd2024!", "dragon-2024!!", "qwerty123456", "йцукен123456",
            "123456789012", "12.05.1985-12", "qwertyuiop[]", "йцукенгшщзхї", "пароль2026!!", "gfhjkm2026!!",
            "парольпароль", "zxcvbnm,./zxc", "!!адміністратор!!", "україна-2026", "erhf]yf-2026", "qazwsxqazwsx",
        ]
    )
    func common(_ password: String) { #expect(CommonPasswords.contain(password)) }

    @Test(
        "words that belong together for one person alone are none",
        arguments: [
            "зелений трамвай о шостій", "correct horse battery", "ремонтує дах 7", "dragon 8491-2743-9951",
            "7k3m-0q2x-9fjw", "мій кіт спить удень",
        ]
    )
    func uncommon(_ password: String) { #expect(!CommonPasswords.contain(password)) }

    @Test("the list has more words than the rule asks for")
    func size() { #expect(CommonWords.all.count > 4_000) }
}

@Suite("Wrong guesses from one address")
struct GuessBucketTests {
    @Test("some cost nothing, then one is let through at a time; a clock that is set back shuts nobody out")
    func bucket() {
        let start: Int64 = 1_000_000_000_000
        var bucket = GuessBucket()
        for _ in 0..<GuessBucket.size {
            #expect(bucket.waitsUntil(at: start) == nil)
            bucket.guessedWrong(at: start)
        }
        #expect(bucket.waitsUntil(at: start) == start + GuessBucket.refill)
        #expect(bucket.waitsUntil(at: start + GuessBucket.refill) == nil)
        bucket.guessedWrong(at: start + GuessBucket.refill)
        #expect(bucket.waitsUntil(at: start + GuessBucket.refill) == start + 2 * GuessBucket.refill)
        #expect(bucket.waitsUntil(at: start - 86_400_000) == nil)
        bucket.guessedWrong(at: start - 86_400_000)
        #expect(bucket.waitsUntil(at: start - 86_400_000) == nil)
        #expect(bucket.waitsUntil(at: start + 86_400_000) == nil)
    }
}
