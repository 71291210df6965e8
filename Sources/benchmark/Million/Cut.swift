/// Bytes of something real, cut at the places where each copy has its own: a row, an operation, an outcome.
///
/// Cut once and joined for every appeal: writing canonical JSON anew for each would be most of the time of planting.
struct Cut: Sendable {
    /// What stands in a hole.
    enum Hole: Int, CaseIterable, Sendable {
        case appeal, index, name, address, phone, text, note, day, due, cap
        /// The names of the three writes, alone and as the end of an item with its commit.
        case write1, write2, write3, item1, item2, item3
        case number, previous, id, commit, bodySalt, personalSalt, bodyDigest, personalDigest

        /// The name of the write of an operation, 0 to 2.
        static func write(_ place: Int) -> Hole { [.write1, .write2, .write3][place] }
        /// The same with its commit.
        static func item(_ place: Int) -> Hole { [.item1, .item2, .item3][place] }
    }

    /// What fills the holes; those that nothing was said about are filled with nothing.
    struct Filling: Sendable {
        private var values = [[UInt8]](repeating: [], count: Hole.allCases.count)

        subscript(hole: Hole) -> [UInt8] {
            get { values[hole.rawValue] }
            set { values[hole.rawValue] = newValue }
        }

        mutating func set(_ hole: Hole, _ text: String) { values[hole.rawValue] = Array(text.utf8) }
    }

    private enum Piece: Sendable {
        case bytes([UInt8])
        case hole(Hole)
    }

    private let pieces: [Piece]

    /// Every occurrence of a mark becomes a hole; of two marks that begin at one place the first in the list counts.
    ///
    /// Marks are texts that occur nowhere else; an empty one marks nothing.
    init(_ bytes: [UInt8], _ marks: [(mark: String, hole: Hole)]) {
        let marks = marks.map { (mark: Array($0.mark.utf8), hole: $0.hole) }.filter { !$0.mark.isEmpty }
        var pieces: [Piece] = []
        var part: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if let (mark, hole) = marks.first(where: { bytes[place...].starts(with: $0.mark) }) {
                pieces += [.bytes(part), .hole(hole)]
                part = []
                place += mark.count
            } else {
                part.append(bytes[place])
                place += 1
            }
        }
        self.pieces = pieces + [.bytes(part)]
    }

    /// What is filled in goes there as it is: between quotation marks it must need no escapes.
    func filled(_ filling: Filling) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4_096)
        for piece in pieces {
            switch piece {
            case .bytes(let part): bytes += part
            case .hole(let hole): bytes += filling[hole]
            }
        }
        return bytes
    }
}
