package import Commands
package import Desk
package import Replication

/// The node at which people work in a browser: what every request needs of it.
package struct WebSite {
    /// What commands need; who asks is set for each request.
    package let context: CommandContext
    /// Random bytes as hexadecimal digits, two for each byte.
    package let draw: (Int) -> String
    /// The port that people type; it is part of the name of the cookie on loopback.
    package let port: UInt16
    /// The names under which it is asked, as `Host` has them: the first is the one that it calls itself.
    package let origins: [String]
    /// The node's key as three words, which `status` shows too: by them people see that the page is of their node.
    package let keyWords: [String]
    /// Whether everybody needs a second proof of who they are, not only administrators.
    package let isTOTPForAll: Bool
    /// How the exchange with the office stands; nil at the office.
    package let exchange: () -> WebExchange?
    /// When a department's node was heard of last, unix milliseconds, as the running office knows it; nil if it was not yet.
    package let heard: (String) -> Int64?
    /// What devices are taught to trust; nil where the node has no authority for browsers.
    package let trust: () -> WebTrust?
    /// What only the running node sees of its machine; nil where nobody knows.
    package let machine: () -> WebMachine?
    /// A page of the database as it lies on the disk, under the first part of a key, behind a key; nil where there is no file.
    package let inspect: (InspectedTable, String?, [InspectedCell], Int) throws -> InspectedPage?
    /// What makes PDF of papers.
    package let draughtsman: any Draughtsman
    /// Takes down an error that nobody expected, with the path of the route it came from; nothing of it is shown.
    package let report: (any Error, String) -> Void
    /// The accounts of the node.
    let access: Access
    /// What former versions left for pages that are still open.
    package let formerAssets: any FormerAssets

    /// The import that is at work.
    let importing = ImportRun()

    package init(
        context: CommandContext,
        port: UInt16,
        origins: [String],
        isTOTPForAll: Bool = false,
        passwords: PasswordWork = .scrypt,
        uses: any UnwrittenUses = NoUnwrittenUses(),
        formerAssets: any FormerAssets = NoFormerAssets(),
        draw: @escaping (Int) -> String,
        keyWords: [String] = [],
        exchange: @escaping () -> WebExchange? = { nil },
        heard: @escaping (String) -> Int64? = { _ in nil },
        trust: @escaping () -> WebTrust? = { nil },
        machine: @escaping () -> WebMachine? = { nil },
        inspect: @escaping (InspectedTable, String?, [InspectedCell], Int) throws -> InspectedPage? = { _, _, _, _ in
            nil
        },
        draughtsman: any Draughtsman = NoDraughtsman(),
        report: @escaping (any Error, String) -> Void = { _, _ in }
    ) {
        self.context = context
        self.port = port
        self.origins = origins
        self.isTOTPForAll = isTOTPForAll
        self.formerAssets = formerAssets
        self.draw = draw
        self.exchange = exchange
        self.heard = heard
        self.keyWords = keyWords
        self.trust = trust
        self.machine = machine
        self.inspect = inspect
        self.draughtsman = draughtsman
        self.report = report
        access = Access(context.place, passwords: passwords, uses: uses)
    }

    package var node: String { context.node }
    package var now: Int64 { context.place.now() }
}
