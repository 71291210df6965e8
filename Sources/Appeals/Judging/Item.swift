public import CanonicalJSON

/// One named value with the write that put it there and the commit at which the office ordered that write.
///
/// An item that was read keeps its canonical bytes; its value is parsed only on demand.
public struct Item: Sendable, Equatable {
    private enum Source: Sendable {
        case made(JSON, write: String)
        case read(AggregateText, Int)
    }

    private var source: Source
    /// The office's order: of two items of one name the later commit stays.
    public var commit: Int64 { didSet { source = .made(value, write: write) } }

    /// An item that an act sets.
    public init(value: JSON, write: String, commit: Int64) {
        source = .made(value, write: write)
        self.commit = commit
    }

    init(_ text: AggregateText, at place: Int) {
        source = .read(text, place)
        commit = text.entries[place].commit
    }

    public var value: JSON {
        get {
            switch source {
            case .made(let value, _): value
            case .read(let text, let place): text.value(place)
            }
        }
        set { source = .made(newValue, write: write) }
    }

    /// `origin:number` of the write.
    public var write: String {
        switch source {
        case .made(_, let write): write
        case .read(let text, let place): text.write(place)
        }
    }

    /// `[value, write, commit]`, as rows and streams carry it.
    public var json: JSON { .array([value, .string(write), .integer(commit)]) }

    /// Appends the canonical bytes of `json`.
    func append(to bytes: inout [UInt8]) {
        switch source {
        case .made: json.appendCanonical(to: &bytes)
        case .read(let text, let place): bytes += text.bytes[text.entries[place].triple]
        }
    }

    /// Reads `[value, write, commit]`; nil if it is anything else.
    public init?(_ json: JSON) {
        guard let parts = json.array, parts.count == 3, let write = parts[1].string, let commit = parts[2].integer
        else {
            return nil
        }
        self.init(value: parts[0], write: write, commit: commit)
    }

    public static func == (a: Item, b: Item) -> Bool {
        if case .read(let one, let place) = a.source, case .read(let other, let second) = b.source {
            if one === other, place == second { return true }
            return one.bytes[one.entries[place].triple] == other.bytes[other.entries[second].triple]
        }
        return a.commit == b.commit && a.write == b.write && a.value == b.value
    }
}
