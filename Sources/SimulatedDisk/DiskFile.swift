/// One file: what its readers see, what has reached the medium, and the changes in between.
///
/// The invariant: `durable` with all of `pending` applied in order is `content`, until a byte is flipped or a failed
/// sync drops changes, which then only a later write brings back.
final class DiskFile {
    /// What a program did to the bytes; kept in order until the next sync.
    enum Change {
        case write(offset: Int, bytes: [UInt8])
        case truncate(size: Int)
    }

    /// Bytes that a disk writes whole or not at all; what SQLite is told as the sector size.
    static let sector = 512

    /// As a reading process sees it: the page cache.
    private(set) var content: [UInt8]
    /// As it would be found after a power cut now, if nothing of what is pending had been written by itself.
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

    /// Everything that was changed so far survives from here on.
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

    /// A write cut at the boundaries of sectors in the file, not at multiples of 512 from its own beginning.
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

    /// A hole reads as zeros.
    private static func grow(_ bytes: inout [UInt8], _ size: Int) {
        if size > bytes.count { bytes += [UInt8](repeating: 0, count: size - bytes.count) }
    }
}
