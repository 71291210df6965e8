import Testing

/// The main path of replication has no condition that is always true in the product: the switches of `Rules` are read in
/// their room alone, by functions named after what each rule says.
@Suite("The rules of replication have a room")
struct RuleRoomTests {
    private static let sources = Project.sources.filter(SwitchReadings.isJudged)

    private static var rules: [SwiftSource] { sources.filter { $0.path == SwitchReadings.type } }

    @Test("no switch of Rules is read outside of its room")
    func outside() {
        let readings = SwitchReadings(Self.rules)
        #expect(readings.switches.count > 40 && Self.sources.count > 300)
        expectNone(Self.sources.flatMap(readings.outside))
    }

    @Test("every switch of Rules is read in its room")
    func inside() { expectNone(SwitchReadings(Self.rules).unread(in: Self.sources)) }

    private static let planted = SwitchReadings([
        SwiftSource(
            SwitchReadings.type,
            """
            public struct Rules: Sendable {
                package var floorNeverFalls = true
                package var epoch = true
                package var sizes = Sizes()
                package var unknownKinds: Set<String> = []
            }
            """
        )
    ])

    private func found(_ text: String, in path: String = "Sources/Replication/Office/Planted.swift") -> [Int] {
        Self.planted.outside(SwiftSource(path, text)).map(\.line)
    }

    @Test(
        "a switch that is read outside is found, however it is reached",
        arguments: [
            "if rules.floorNeverFalls { raise() }", "guard position.epoch == epoch || !department.rules.epoch else {",
            "let floor = office\n    .rules\n    .floorNeverFalls ? a : b", "let on = office?.rules.epoch ?? true",
            "let all = office.rules\nif all.epoch {", "func floor(_ all: Rules) { all.epoch }",
            "let path = \\Rules.epoch", "extension Rules { var isOld: Bool { !epoch } }",
        ]
    )
    func plantedReading(_ text: String) { #expect(found(text).count == 1) }

    @Test(
        "a parameter, a decision of the room, another thing's member and a comment are none",
        arguments: [
            "page.count == rules.sizes.chunk", "judge.unknownKinds = office.rules.unknownKinds",
            "guard rules.isSameEpoch(position.epoch, as: session.epoch) else {", "stream.epoch = record.epoch",
            "init(rules: Rules = Rules()) { self.rules = rules }", "// only where rules.epoch is off",
            "let text = \"rules.epoch\"", "let rules = office.rules",
        ]
    )
    func plantedOther(_ text: String) { #expect(found(text).isEmpty) }

    @Test("the room itself and what takes rules away are not judged")
    func judged() {
        #expect(Self.planted.switches == ["floorNeverFalls", "epoch"])
        #expect(found("func floor() { epoch }", in: SwitchReadings.room + "StreamRules.swift").isEmpty)
        #expect(!SwitchReadings.isJudged(SwiftSource("Sources/Simulator/Faults/Ablation.swift", "")))
        #expect(SwitchReadings.isJudged(SwiftSource("Sources/Replication/Link/Link.swift", "")))
    }

    @Test("a switch that the room does not read is found")
    func plantedUnread() {
        let room = SwiftSource(
            SwitchReadings.room + "StreamRules.swift",
            "extension Rules { func floor(of stream: S, epoch: E) { floorNeverFalls ? stream.epoch : 0 } }"
        )
        #expect(Self.planted.unread(in: [room]).map(\.found) == ["nothing reads epoch"])
        #expect(Self.planted.unread(in: []).count == 2)
    }
}
