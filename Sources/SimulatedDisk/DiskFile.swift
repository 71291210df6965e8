/// One file: what its readers see, what has reached the medium, and the changes in between.
final class DiskFile {
    enum Change {
        case write(offset: Int, bytes: [UInt8])
        case truncate(size: Int)
    }

    static let sector = 512

    private(set) var content: [UInt8]
    private(set) var durable: [UInt8]
    private var pending: [Change] = []
    /// A new name is on the medium only once its directory was synced.
    var isNameDurable = false

    init(_ content: [UInt8] = []) {
        self.content = content
        durable = content
    }

    func change(_ change: Change) {
        Self.apply(change, to: &content)
        pending.append(change)
    }

    func sync() {
        for change in pending { Self.apply(change, to: &durable) }
        pending = []
    }

    /// As Linux does it: after a failed sync the pages count as clean, the next sync says nothing of them.
    func failSync() { pending = [] }

    /// Changes one byte behind everybody's back.
    func flip(_ offset: Int, mask: UInt8) {
        content[offset] ^= mask
        if offset < durable.count { durable[offset] ^= mask }
    }

    /// Of the changes that were not synced any subset survives, of a write any subset of its sectors.
    ///
    /// Gives how many were lost and how many torn.
    func losePower(_ below: (Int) -> Int) -> (lost: Int, torn: Int) {
        var lost = 0
        var torn = 0
        for change in pending {
            switch (below(3), change) {
            case (0, _): lost += 1
            case (1, .write(let offset, let bytes)):
                torn += 1
                for part in Self.sectors(offset, bytes) where below(2) == 0 { Self.apply(part, to: &durable) }
            default: Self.apply(change, to: &durable)
            }
        }
        content = durable
        pending = []
        return (lost, torn)
    }

    private static func sectors(_ offset: Int, _ bytes: [UInt8]) -> [Change] {
        var parts: [Change] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + sector - (offset + start) % sector)
            parts.append(.write(offset: offset + start, bytes: Array(bytes[start..<end])))
            start = end
        }
        return parts
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .truncate(let size):
            if size < bytes.count { bytes.removeLast(bytes.count - size) } else { grow(&bytes, size) }
        case .write(let offset, let written):
            grow(&bytes, offset + written.count)
            // NB: the collection's own ways of replacing go byte by byte in a debug build.
            bytes.withUnsafeMutableBytes {
                UnsafeMutableRawBufferPointer(rebasing: $0[offset...]).copyBytes(from: written)
            }
        }
    }

    private static func grow(_ bytes: inout [UInt8], _ size: Int) {
        if size > bytes.count { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
    }
}
