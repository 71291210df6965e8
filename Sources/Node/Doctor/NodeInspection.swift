package import Appeals
package import CanonicalJSON
package import Commands
import Desk
package import Replication
import Storage

/// Looks into a node's database, or a copy of its file, without opening the node: also a broken one, also beside a running node.
package enum NodeInspection {
    /// A page of a table, as `inspect` shows it.
    ///
    /// Whoever may read the file may read all of it, complaints about the own people included: only the key of the seals
    /// is masked.
    package static func run(
        _ table: InspectedTable,
        _ arguments: JSONObject,
        directory: String,
        _ language: Language
    ) throws -> CommandResult {
        let asked = try Commands.inspection(table, arguments)
        let file = arguments["file"]?.string ?? DataDirectory(directory).database
        let inspection: Inspection
        do { inspection = try Inspection(file) } catch let error as StoreError
            where error.kind == .missing && arguments["file"] != nil
        {
            throw DeskError(
                .notFound,
                "noFile",
                uk: "\(.input("file")): файлу «\(file)» немає",
                en: "\(.input("file")): there is no file \"\(file)\"",
                remedy: Sentence(uk: "Перевірте шлях.", en: "Check the path.")
            )
        }
        let result: CommandResult
        do {
            let page = try inspection.page(table, under: asked.under, after: asked.after, limit: asked.limit)
            result = Commands.inspected(table, page, file: file, version: try inspection.version, language)
        } catch {
            try inspection.close()
            throw error
        }
        try inspection.close()
        return result
    }
}
