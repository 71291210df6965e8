/// How large the segments are that a client asks for, on a line on which large packets are lost without a word.
///
/// TCP alone never finds out where the messages that would tell (ICMP "fragmentation needed") are dropped, too.
struct SmallSegments {
    /// What the interface takes; what fits through tunnels of every kind; what every network carries (RFC 9293).
    static let steps: [Int32] = [0, 1_200, 536]

    private var step = 0

    var bytes: Int32 { Self.steps[step] }

    /// After the last step the first again: it was something else, or is over.
    mutating func lower() { step = (step + 1) % Self.steps.count }
}
