import Appeals
import CanonicalJSON
import Commands
import Desk
import Glibc
import Node

/// The man pages as files, in the folders that `man` looks into.
enum ManualFiles {
    /// Writes a page for each command and language below `directory`, over what is there; throws at the first that
    /// cannot be written.
    static func write(to directory: String, _ language: Language) throws -> CommandResult {
        let pages = Commands.manPages
        for (folder, page) in pages {
            let path = directory + "/" + folder
            try make(path)
            try Terminal.save(page.text, to: path + "/" + page.file)
            // Pages are for everybody; what the program writes else is for its owner alone.
            guard chmod(path + "/" + page.file, 0o644) == 0 else { throw refused(path + "/" + page.file) }
        }
        return CommandResult(
            ["directory": .string(directory), "pages": .integer(Int64(pages.count))],
            text: Label(
                uk: "Записано сторінок: \(pages.count). Далі: man -M \(directory) kartoteka",
                en: "\(pages.count) pages are written. Next: man -M \(directory) kartoteka"
            ).text(language)
        )
    }

    /// The folder and those above it, for everybody to read; those that are there stay as they are.
    private static func make(_ path: String) throws(DeskError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o755) == 0 {
                guard chmod(made, 0o755) == 0 else { throw refused(made) }
            } else if errno != EEXIST {
                throw refused(made)
            }
        }
    }

    private static func refused(_ path: String) -> DeskError {
        let reason = Label(errno: errno)
        return DeskError(
            .failed,
            "file",
            uk: "«\(path)»: \(reason.uk)",
            en: "\"\(path)\": \(reason.en)"
        )
    }
}
