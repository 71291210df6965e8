import CSQLite

/// The index of a write-ahead log, which the connections of one process share; it never outlives them.
final class SharedMemory {
    /// Never moved or freed while a connection lives: SQLite keeps the addresses.
    private var regions: [UnsafeMutableRawPointer] = []
    /// How many share each lock, or whether one connection has it alone; never both.
    private var locks: [(shared: Int, isExclusive: Bool)] = Array(
        repeating: (0, false),
        count: Int(SQLITE_SHM_NLOCK)
    )

    deinit { for region in regions { region.deallocate() } }

    /// The address of a region of `size` bytes; all regions of one index have the same size.
    func region(_ number: Int, size: Int, extend: Bool) -> UnsafeMutableRawPointer? {
        while extend, regions.count <= number {
            let region = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
            region.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            regions.append(region)
        }
        return number < regions.count ? regions[number] : nil
    }

    /// Takes or gives back a range of locks, all or none.
    func lock(_ range: Range<Int>, flags: Int32, held: inout [Int: Int32]) -> Bool {
        let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
        if flags & SQLITE_SHM_UNLOCK != 0 {
            for place in range where held.removeValue(forKey: place) != nil {
                if isExclusive { locks[place].isExclusive = false } else { locks[place].shared -= 1 }
            }
            return true
        }
        for place in range where held[place] == nil {
            if locks[place].isExclusive || isExclusive && locks[place].shared > 0 { return false }
        }
        for place in range where held[place] == nil {
            held[place] = flags
            if isExclusive { locks[place].isExclusive = true } else { locks[place].shared += 1 }
        }
        return true
    }

    /// Gives back whatever a connection still holds when it unmaps or closes.
    func release(_ held: [Int: Int32]) {
        var rest = held
        for (place, flags) in held {
            let kind = flags & (SQLITE_SHM_EXCLUSIVE | SQLITE_SHM_SHARED)
            _ = lock(place..<(place + 1), flags: SQLITE_SHM_UNLOCK | kind, held: &rest)
        }
    }
}
