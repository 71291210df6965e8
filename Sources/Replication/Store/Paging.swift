/// Limits of the store port.
public enum StoreLimits {
    /// Records of one page of a list that is read to its end.
    public static let page = 500
    /// Keys of one hint that a store takes; the rest are read when they are asked for.
    public static let hints = 2_000
}

extension StoreReading {
    /// Hands over every item of a list, which is read page by page: no more than a page of it is held in memory.
    ///
    /// `page` gives at most `StoreLimits.page` items behind the one that it is given, or the first ones:
    ///
    /// ```swift
    /// try reading.each(of: { try reading.streams(after: $0?.name ?? "", limit: $1) }) { names.append($0.name) }
    /// ```
    public func each<Item>(
        of page: (_ after: Item?, _ limit: Int) throws -> [Item],
        _ use: (Item) throws -> Void
    ) throws {
        _ = try first(of: page) { item in
            try use(item)
            return false
        }
    }

    /// The first item of a list for which something holds; what comes after it is not read.
    public func first<Item>(
        of page: (_ after: Item?, _ limit: Int) throws -> [Item],
        where isWanted: (Item) throws -> Bool
    ) throws -> Item? {
        var last: Item?
        while true {
            let items = try page(last, StoreLimits.page)
            if let found = try items.first(where: isWanted) { return found }
            guard items.count == StoreLimits.page else { return nil }
            last = items.last
        }
    }

    /// Hands over every stream, in the order of names.
    public func eachStream(_ use: (StreamRecord) throws -> Void) throws {
        try each(of: { try streams(after: $0?.name ?? "", limit: $1) }, use)
    }

    /// Hands over every reader of a stream, in the order of nodes.
    public func eachReader(of stream: String, _ use: (ReaderRecord) throws -> Void) throws {
        try each(of: { try readers(stream: stream, after: $0?.node ?? "", limit: $1) }, use)
    }

    /// Hands over every operation on an appeal, in the order of `operations(appeal:after:limit:)`.
    public func eachOperation(appeal: String, _ use: (OperationRecord) throws -> Void) throws {
        try each(of: { try operations(appeal: appeal, after: $0.map(OperationPlace.init), limit: $1) }, use)
    }

    /// At most `limit` operations on an appeal after skipping the given number, for callers that count instead of
    /// naming a place.
    public func operations(appeal: String, skipping count: Int, limit: Int) throws -> [OperationRecord] {
        var left = count
        var last: OperationPlace?
        while left > 0 {
            let skipped = try operations(appeal: appeal, after: last, limit: min(left, StoreLimits.page))
            guard let end = skipped.last else { return [] }
            left -= skipped.count
            last = OperationPlace(end)
        }
        return try operations(appeal: appeal, after: last, limit: limit)
    }

    /// Hands over every own operation on an appeal that waits, in the order of `pending(appeal:node:beyond:after:limit:)`.
    public func eachPending(
        appeal: String,
        node: String,
        beyond commit: Int64,
        _ use: (OperationRecord) throws -> Void
    ) throws {
        try each(
            of: {
                try pending(
                    appeal: appeal,
                    node: node,
                    beyond: commit,
                    after: $0.map(PendingPlace.init),
                    limit: $1
                )
            },
            use
        )
    }

    /// All of them: what is drawn over one appeal is held as a whole.
    func allPending(appeal: String, node: String, beyond commit: Int64) throws -> [OperationRecord] {
        var all: [OperationRecord] = []
        try eachPending(appeal: appeal, node: node, beyond: commit) { all.append($0) }
        return all
    }
}
