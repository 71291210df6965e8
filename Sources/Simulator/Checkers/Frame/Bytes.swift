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
