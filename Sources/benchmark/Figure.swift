import CanonicalJSON

/// One measured figure, as its line says.
struct Figure {
    let name: String
    let value: Double
    let unit: String
    var conditions: JSONObject = [:]

    func line(_ baselines: Baselines) -> String {
        let object: JSON = [
            "figure": .string(name), "value": .double(Self.rounded(value)), "unit": .string(unit),
            "baselines": .object(baselines.json), "conditions": .object(conditions),
        ]
        return object.canonicalText
    }

    static func rounded(_ value: Double) -> Double {
        value >= 100 ? value.rounded() : (value * 1_000).rounded() / 1_000
    }
}

/// Places in a sorted list of measurements.
enum Percentile {
    static func of(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
}
