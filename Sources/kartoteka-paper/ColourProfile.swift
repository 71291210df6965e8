/// The profile of sRGB (IEC 61966-2-1), version 4, as ICC.1:2010 writes it.
///
/// Three primaries and the one curve, adapted to D50 by Bradford's
/// matrix. The numbers are those of the standard, rounded to 1/65536.
enum ColourProfile {
    private static let white = [0.9642, 1.0, 0.8249]
    private static let primaries: [(String, [Double])] = [
        ("rXYZ", [0.436_066, 0.222_488, 0.013_916]), ("gXYZ", [0.385_147, 0.716_873, 0.097_076]),
        ("bXYZ", [0.143_066, 0.060_608, 0.714_096]),
    ]
    private static let adaptation = [
        1.047_882, 0.022_919, -0.050_201, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076, 0.751_678,
    ]
    /// g, a, b, c, d: x over d is (ax + b) to the power of g, below it cx.
    private static let curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]

    static let bytes: [UInt8] = {
        var tags: [(name: String, data: [UInt8])] = [
            ("desc", words("sRGB")), ("cprt", words("No copyright, use freely")), ("wtpt", xyz(white)),
            ("chad", Array("sf32".utf8) + number(0) + adaptation.flatMap(fixed)),
        ]
        tags += primaries.map { ($0.0, xyz($0.1)) }
        let transfer = Array("para".utf8) + number(0) + [0, 3, 0, 0] + curve.flatMap(fixed)
        tags += ["rTRC", "gTRC", "bTRC"].map { ($0, transfer) }
        let begin = 128 + 4 + 12 * tags.count
        var table = number(tags.count), data: [UInt8] = [], places: [[UInt8]: Int] = [:]
        for tag in tags {
            // The three curves are one.
            let place = places[tag.data] ?? begin + data.count
            if places[tag.data] == nil {
                places[tag.data] = place
                data += tag.data + [UInt8](repeating: 0, count: (4 - tag.data.count % 4) % 4)
            }
            table += Array(tag.name.utf8) + number(place) + number(tag.data.count)
        }
        return header(size: begin + data.count) + table + data
    }()

    private static func header(size: Int) -> [UInt8] {
        var bytes = number(size) + number(0) + [4, 0x30, 0, 0] + Array("mntrRGB XYZ ".utf8)
        // A day that never changes: the same profile is the same bytes.
        bytes += [2026, 1, 1, 0, 0, 0].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        bytes += Array("acsp".utf8) + [UInt8](repeating: 0, count: 28) + white.flatMap(fixed)
        return bytes + [UInt8](repeating: 0, count: 128 - bytes.count)
    }

    /// Four bytes, the first the highest.
    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
    /// A number of 1/65536 (s15Fixed16).
    private static func fixed(_ value: Double) -> [UInt8] { number(Int((value * 65_536).rounded())) }
    /// A tag of one colour.
    private static func xyz(_ values: [Double]) -> [UInt8] { Array("XYZ ".utf8) + number(0) + values.flatMap(fixed) }
    /// A tag of words, in one language.
    private static func words(_ text: String) -> [UInt8] {
        let units = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        return Array("mluc".utf8) + number(0) + number(1) + number(12) + Array("enUS".utf8) + number(units.count)
            + number(28) + units
    }
}
