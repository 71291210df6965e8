import Appeals
import Testing

/// Every kind of operation can be written by somebody: a command names it.
struct KindCommandTests {
    /// Kinds that no command writes, each with the reason.
    private let without: [String: String] = [:]

    @Test("every kind of operation has a command, or stands in the list of those that have none")
    func commands() {
        let paths = Project.here.paths.filter { $0.hasPrefix("Sources/Commands/") && $0.hasSuffix(".swift") }
        let text = paths.compactMap { Project.here.text($0) }.joined()
        #expect(Kinds.all.count >= 30 && paths.count > 20)
        for kind in Kinds.all.map(\.name) {
            #expect(text.contains("\"\(kind)\"") != (without[kind] != nil), "\(kind)")
        }
    }
}
