import Testing

/// Every list of a store is read page by page: nothing that grows with a city is asked for as a whole.
struct PagingTests {
    /// The product: a simulated city and the tools that measure are small.
    ///
    /// What is in memory already may be summed there.
    private static func isAskedFor(_ path: String) -> Bool {
        ["Replication", "Storage", "Node", "Desk", "Commands", "kartoteka"].contains {
            path.hasPrefix("Sources/\($0)/")
        }
            && !path.hasPrefix("Sources/Replication/Store/Memory/")
    }

    @Test("no list of a store is asked for without a limit")
    func limits() {
        let sources = Project.sources.filter { Self.isAskedFor($0.path) }
        #expect(sources.count > 100)
        for source in sources {
            for (place, line) in source.lines.enumerated() where Self.isUnbounded(line) {
                Issue.record(
                    "\(source.path):\(place + 1): a list as a whole; read it with each(of:) or first(of:): \(line)"
                )
            }
        }
    }

    @Test("one that is asked for so is found; a page of a reply is not")
    func planted() {
        #expect(Self.isUnbounded("try reading.operations(appeal: id, limit: .max).first"))
        #expect(Self.isUnbounded("try reading.streams(after: \"\", limit: Int.max)"))
        #expect(!Self.isUnbounded("var page = PageWriter(limit: .max, rules.sizes)"))
        #expect(!Self.isUnbounded("try reading.streams(after: name, limit: StoreLimits.page)"))
        #expect(!Self.isAskedFor("Sources/Simulator/Run/SmallLists.swift") && Self.isAskedFor("Sources/Node/A.swift"))
    }

    private static func isUnbounded(_ line: String) -> Bool {
        let line = line.replacing("PageWriter(limit: .max", with: "")
        return line.contains("limit: .max") || line.contains("limit: Int.max")
    }
}
