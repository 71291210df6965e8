import Testing

@testable import Replication

@Suite("Where former epochs ended")
struct EpochEndsTests {
    @Test("nothing is in doubt without a restore; after several, whatever the first of them may have lost")
    func common() throws {
        #expect(try #require(EpochEnds("")).common == nil)
        let ends = try #require(EpochEnds("")).adding("a", through: 89).adding("b", through: 1 << 40)
        #expect(try #require(EpochEnds(ends.text)).common == 89)
    }
}
