import Desk

/// The pages that people look at; what they fill in has a room of its own.
enum Screens {
    static let routes: [Route] =
        Digest.routes + PrintPlaces.routes + Lists.routes + SearchPage.routes + SavedView.routes + Cards.routes
        + Exchange.routes
        + City.routes + NodeScreens.routes
}
