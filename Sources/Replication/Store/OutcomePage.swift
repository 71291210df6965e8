public import Appeals
import CanonicalJSON
import Cryptography

/// A page of outcomes of one log as the office signed it: the evidence that goes along when the log is sent again.
public struct OutcomePage: Sendable, Equatable {
    public let origin: Origin
    /// The numbers for which it stands, no more than `ReplicationLimits.pageRecords`; it may begin before them.
    public let first: Int64
    public let last: Int64
    /// Told in answer to `outcomes`, not to a push: it comes before the other.
    public let isRetransmitted: Bool
    public let bytes: [UInt8]

    /// The reply `bytes` with the outcomes of `first`…`last`; `isRetransmitted` if a restored office has confirmed
    /// them.
    public init(origin: Origin, first: Int64, last: Int64, isRetransmitted: Bool, bytes: [UInt8]) {
        self.origin = origin
        self.first = first
        self.last = last
        self.isRetransmitted = isRetransmitted
        self.bytes = bytes
    }
}

extension Department {
    /// Keeps a page of outcomes as the office signed it.
    ///
    /// It replaces a page that began with the same number, unless that page reaches further: then the older one stays
    /// for the rest, since outcomes told in another epoch remain evidence until they are told again.
    func keep(_ page: OutcomePage, _ transaction: any StoreTransaction) throws {
        if let former = try same(page, at: page.first, transaction), former.last > page.last {
            var place = page.last + 1
            while place <= former.last {
                guard let next = try same(page, at: place, transaction) else {
                    try transaction.putOutcomePage(
                        OutcomePage(
                            origin: page.origin,
                            first: place,
                            last: former.last,
                            isRetransmitted: page.isRetransmitted,
                            bytes: former.bytes
                        )
                    )
                    break
                }
                place = max(place, next.last) + 1
            }
        }
        try transaction.putOutcomePage(page)
    }

    /// The page told in the same way that begins with this number.
    private func same(_ page: OutcomePage, at first: Int64, _ reading: any StoreReading) throws -> OutcomePage? {
        try reading.outcomePages(page.origin, from: first, to: first)
            .first { $0.first == first && $0.isRetransmitted == page.isRetransmitted }
    }
}

/// The pages of outcomes that may belong to a page of a log that is sent again.
struct FormerPages {
    private var pages: [(lines: [ArraySlice<UInt8>], last: ArraySlice<UInt8>)] = []
    /// Where each line stands: the nearest page of all that hold it.
    private var places: [ArraySlice<UInt8>: Int] = [:]

    init(_ kept: [OutcomePage]) {
        let nearest = kept.sorted { ($0.first, $0.isRetransmitted ? 1 : 0) > ($1.first, $1.isRetransmitted ? 1 : 0) }
        for page in nearest {
            var lines = Lines.split(page.bytes)
            guard let last = lines.popLast() else { continue }
            for line in lines where places[line] == nil { places[line] = pages.count }
            pages.append((lines, last))
        }
    }

    /// The page in which an operation's outcome came; else, if the `node:` stream told a later one, the page in which it
    /// was said to be held.
    func place(of record: OperationRecord) -> Int? {
        guard let outcome = record.outcome else { return nil }
        if let place = places[outcome[...]] { return place }
        return pages.firstIndex { page in page.lines.contains { Self.says($0, isHeld: record.id) } }
    }

    private static func says(_ line: ArraySlice<UInt8>, isHeld id: String) -> Bool {
        guard let outcome = Outcome(line: line) else { return false }
        return outcome.id == id && outcome.status == .held
    }

    /// The line that goes along.
    func line(_ place: Int) -> [UInt8] {
        let (lines, last) = pages[place]
        let former: JSON = [
            "former": [
                "lines": .array(lines.map { .string(String(decoding: $0, as: UTF8.self)) }),
                "last": .string(String(decoding: last, as: UTF8.self)),
            ]
        ]
        return former.canonicalBytes()
    }
}
