import Desk

/// The pages that people look at; what they fill in has a room of its own.
enum Screens {
    static let routes: [Route] =
        [
            // Home is the first queue of whoever is signed in.
            Route("GET", "/") { call in
                let queue = try call.shell().queues.first
                return .seeOther(queue.map(\.queue.path) ?? "/cards")
            }
        ] + Lists.routes + Cards.routes + Exchange.routes + City.routes
}
