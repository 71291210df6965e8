import CanonicalJSON
import Glibc

/// What a person waits for in a real browser, on loopback: `Tests/browser/figures.py` drives it.
enum BrowserFigures {
    /// As `deploy/test` sets them up.
    private static let python = ".build/browser/bin/python"
    private static let script = "Tests/browser/figures.py"

    /// First paints, acts that show, bytes of a first visit and of a further page, at an office at work.
    ///
    /// Gives no figure, and says why in one line, where there is no browser.
    static func pages(_ stage: Stage, _ size: Size) throws -> [Figure] {
        let chromium = getenv("CHROMIUM").map { String(cString: $0) } ?? "/usr/bin/chromium"
        for needed in [python, script, chromium] where access(needed, R_OK) != 0 {
            Console.complain("no figure of a real browser: there is no \(needed) (deploy/test sets it up)")
            return []
        }
        let office = try WorkingOffice(stage, departments: size.of(100), appeals: size.of(100_000))
        _ = try office.session(of: "clerk")
        try office.begin()
        defer { office.rest() }
        let told = try stage.run(
            python,
            [script, "http://127.0.0.1:\(office.port)", "clerk", WorkingOffice.password, "\(size.of(40))"]
        )
        let exchange = try office.exchange()
        func numbers(_ name: String) throws -> [Double] {
            guard let list = told[name]?.array, !list.isEmpty else { throw Failure("the browser told no \(name)") }
            return list.compactMap(\.amount)
        }
        func figure(_ name: String, _ value: Double, _ unit: String, _ more: JSONObject) -> Figure {
            var conditions = exchange
            conditions.add(more)
            return Figure(name: name, value: value, unit: unit, conditions: conditions)
        }
        func times(_ name: String, _ key: String) throws -> Figure {
            let times = try numbers(key)
            let more: JSONObject = [
                "count": .integer(Int64(times.count)), "p50": .double(Figure.rounded(Percentile.of(times, 0.5))),
                "longest": .double(Figure.rounded(Percentile.of(times, 1))), "medians": told["medians"]?[key] ?? [:],
            ]
            return figure(name, Percentile.of(times, 0.95), "ms", more)
        }
        func bytes(_ name: String, _ key: String) throws -> Figure {
            figure(name, (try numbers(key).max() ?? 0) / 1_024, "KiB", ["of": told["of"]?[key] ?? [:]])
        }
        return [
            try times("web.firstPaint.p95", "paints"), try times("web.action.p95", "actions"),
            try bytes("web.coldStart", "cold"), try bytes("web.warmStart", "warm"),
        ]
    }
}
