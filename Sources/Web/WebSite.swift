package import Commands
import Desk

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
    /// How many people hold of it: whether everybody needs a second proof of who they are.
    package let isTOTPForAll: Bool

    package init(
        context: CommandContext,
        port: UInt16,
        origins: [String],
        isTOTPForAll: Bool = false,
        draw: @escaping (Int) -> String
    ) {
        self.context = context
        self.port = port
        self.origins = origins
        self.isTOTPForAll = isTOTPForAll
        self.draw = draw
    }

    package var node: String { context.node }
    package var now: Int64 { context.place.now() }
}
