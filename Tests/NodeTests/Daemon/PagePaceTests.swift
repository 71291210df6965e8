import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// When a department asks for gzip.
struct PagePaceTests {
    @Test("gzip is asked for after a page of more than a second, and no longer once pages are fast")
    func slowAndFast() {
        var pace = PagePace()
        #expect(!pace.asksGzip)
        pace.arrived(after: 1_000, bytes: 500_000, received: 500_000)
        #expect(!pace.asksGzip)
        pace.arrived(after: 1_001, bytes: 500_000, received: 500_000)
        #expect(pace.asksGzip)
        pace.arrived(after: 100, bytes: 500_000, received: 500_000)
        #expect(!pace.asksGzip)
    }

    @Test("a page that is fast because it was compressed is not taken for a fast line")
    func noFlutter() {
        var pace = PagePace()
        pace.arrived(after: 3_000, bytes: 500_000, received: 500_000)
        pace.arrived(after: 600, bytes: 500_000, received: 100_000)
        #expect(pace.asksGzip)
        pace.arrived(after: 200, bytes: 500_000, received: 100_000)
        #expect(!pace.asksGzip)
    }

    @Test("an empty page is judged by its time alone")
    func empty() {
        var pace = PagePace()
        pace.arrived(after: 1_500, bytes: 0, received: 0)
        #expect(pace.asksGzip)
        pace.arrived(after: 0, bytes: 0, received: 0)
        #expect(!pace.asksGzip)
    }
}
