package import Appeals

/// How the exchange of a department with its office stands now.
///
/// What the office has acknowledged stands in the store and nowhere else.
package struct WebExchange: Sendable, Equatable {
    /// Unix milliseconds of the last verified answer of the office; 0 if there was none.
    package let contact: Int64
    /// What stands in its way; nil if nothing does.
    package let obstacle: Label?
    /// Whether the obstacle stays until somebody does something; a line that is down passes by itself.
    package let needsPerson: Bool
    /// Whether own operations are under way.
    package let isSending: Bool

    package init(contact: Int64, obstacle: Label?, needsPerson: Bool, isSending: Bool) {
        self.contact = contact
        self.obstacle = obstacle
        self.needsPerson = needsPerson
        self.isSending = isSending
    }
}
