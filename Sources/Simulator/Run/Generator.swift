import Cryptography
import Replication

/// The one source of chance in a simulation: xoshiro-like splitmix64, from one seed.
public struct Generator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        var mix = Generator(state: seed ^ 0xD1B5_4A32_D192_ED03)
        state = mix.next() ^ (mix.next() << 1)
    }

    private init(state: UInt64) { self.state = state }

    /// 64 bits; every draw of any kind takes from this one sequence, so that an added draw shifts all later ones.
    public mutating func next() -> UInt64 { SplitMix.next(&state) }

    /// A number from 0 to `bound` − 1; draws nothing if there is no choice.
    public mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }
    /// True in this share of the draws.
    public mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) / Double(1 << 53) < probability }
    /// How strong a fault is: `most` at most, in a share of the seeds, and nothing in the others.
    mutating func strength(_ share: Double, _ most: Double) -> Double {
        let (isIn, part) = (chance(share), Double(1 + below(1_000)) / 1_000)
        return isIn ? part * most : 0
    }
    /// One of the elements; nil of none.
    public mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }
    /// So many bytes as lower-case hexadecimal digits.
    public mutating func hex(_ bytes: Int) -> String {
        Hex.encode((0..<bytes).map { _ in UInt8(truncatingIfNeeded: next()) })
    }
}
