import Replication

/// Nothing that a department forged as an act of the office is in force.
enum NothingForged: QuietChecker {
    static let name = "nothing forged"

    static func whenQuiet(_ city: City) throws {
        try city.officeStore.read { reading in
            for space in [Space.appeals, Space.reference] {
                for row in try reading.rows(space, generation: 0, after: "", limit: .max)
                where Bytes.contain(row.bytes, Array(Remembered.forged.utf8)) {
                    throw violation("\(row.key) took what a department forged")
                }
            }
        }
    }
}

/// Bytes in bytes.
enum Bytes {
    static func contain(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, text.count >= wanted.count else { return wanted.isEmpty }
        return text.withUnsafeBufferPointer { text in
            for start in 0...(text.count - wanted.count) where text[start] == first {
                if text[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
            }
            return false
        }
    }
}
