import Appeals
import CanonicalJSON
import Commands
import Desk
import Node

/// Long work in front of a person: how far it is on a terminal, and Ctrl-C, which ends it where nothing is half.
struct Waiting {
    private let language: Language
    private let interrupt = Interrupt()

    init(_ language: Language) { self.language = language }

    /// Work of this process.
    func shown<Result: Sendable>(_ work: @escaping @Sendable (WatchedProgress) throws -> Result) throws -> Result {
        defer { Terminal.progress("\u{1B}[K") }
        return try WatchedProgress.watching(look, work)
    }

    /// Work of the running node, which is asked how far it is.
    func served(_ directory: String, _ command: String, _ arguments: JSONObject) throws -> JSON {
        let name = LocalClient.newName()
        defer { Terminal.progress("\u{1B}[K") }
        return try WatchedProgress.watching { progress in
            look(progress)
            LocalClient.follow(name, directory: directory, progress)
        } _: { _ in
            try LocalClient.call(directory: directory, command: command, arguments: arguments, name: name)
        }
    }

    private func look(_ progress: WatchedProgress) {
        if interrupt.isAsked { progress.abandon() }
        let told = progress.told
        guard !told.step.uk.isEmpty else { return }
        Terminal.progress("\u{1B}[K" + told.step.text(language) + (told.done > 0 ? ": \(told.done)" : "…"))
    }
}
