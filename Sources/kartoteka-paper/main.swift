import CPango
import Glibc
import Papers

/// Ends with a sentence for whoever runs it by hand.
func end(_ exit: PaperExit, _ words: String) -> Never {
    let line = Array("kartoteka-paper: \(words)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    Glibc.exit(exit.rawValue)
}

guard CommandLine.argc == 1, isatty(STDIN_FILENO) == 0 else {
    end(.usage, "reads a paper (JSON) from standard input and writes PDF; a node runs it")
}
Confinement.enter()
do {
    let given = try Streams.read(limit: Paper.longest)
    let paper: Paper
    do { paper = try Paper(decoding: given) } catch { end(.unreadable, "this is no paper: \(error)") }
    try Streams.write(try Drawing.pdf(of: paper))
} catch let trouble as PaperTrouble {
    end(trouble.exit, trouble.description)
} catch {
    end(.failed, "\(error)")
}
