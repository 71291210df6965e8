package import Appeals
import CanonicalJSON
import Desk
import Replication

extension Commands {
    static let version = Command(
        UseCase(
            "version",
            uk: "Показати версію програми і протоколу",
            en: "Show the version of program and protocol",
            writes: .machine(),
            place: .withoutNode,
            example: ["json": ""]
        )
    ) { call in version(call.language) }

    /// Needs no node.
    package static func version(_ language: Language) -> CommandResult {
        CommandResult(
            [
                "version": .string(Program.version), "protocol": .integer(Limits.version),
                "kinds": .integer(Kinds.schema), "licence": .string(Program.licence),
            ],
            text: Label(
                uk: "kartoteka \(Program.version), протокол \(Limits.version)",
                en: "kartoteka \(Program.version), protocol \(Limits.version)"
            ).text(language)
        )
    }
}
