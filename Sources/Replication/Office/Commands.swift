import Appeals

/// A command is decided once: a repetition is answered from the operation that it became.
extension StoreReading {
    /// The operation that a command of this node became, in whichever of its logs it is.
    package func operation(ofCommand command: String?, node: String) throws -> OperationRecord? {
        guard let command else { return nil }
        for origin in try origins(node: node) {
            if let found = try operation(command: command, of: origin.origin) { return found }
        }
        return nil
    }

    /// Whether another operation of the log has this one's command: a node that composes each command once sends none.
    func isRepeated(_ operation: Operation) throws -> Bool {
        guard let command = operation.command, let found = try self.operation(command: command, of: operation.origin)
        else { return false }
        return found.number != operation.number
    }
}
