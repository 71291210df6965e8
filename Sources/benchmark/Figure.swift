import CanonicalJSON

/// One measured figure, as its line says.
///
/// `name` is how a person asks for it and what `.ci/figures.jsonl` compares by: a renamed figure begins a new history.
struct Figure {
    let name: String
    let value: Double
    let unit: String
    /// Under which it was measured: counts, sizes, cores.
    ///
    /// Figures under other conditions are not comparable.
    var conditions: JSONObject = [:]

    func line(_ baselines: Baselines) -> String {
        let object: JSON = [
            "figure": .string(name), "value": .double(Self.rounded(value)), "unit": .string(unit),
            "baselines": .object(baselines.json), "conditions": .object(conditions),
        ]
        return object.canonicalText
    }

    /// Whole from 100 on, else three places: what lies beyond is noise and makes lines hard to compare.
    static func rounded(_ value: Double) -> Double {
        value >= 100 ? value.rounded() : (value * 1_000).rounded() / 1_000
    }
}

/// Places in a sorted list of measurements.
enum Percentile {
    /// The nearest rank, without interpolation; `share` 0.5 is the median, 0.99 the 99th percentile; 0 of an empty
    /// list.
    static func of(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}

extension JSONObject {
    /// With these members too; those that it has already become theirs.
    mutating func add(_ other: JSONObject) {
        for (key, value) in other.members { self[key] = value }
    }
}
