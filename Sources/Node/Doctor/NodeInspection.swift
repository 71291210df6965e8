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
        return try looked(inspection) {
            Commands.inspected(
                table,
                try $0.page(table, under: asked.under, after: asked.after, limit: asked.limit),
                file: file,
                version: try $0.version,
                language
            )
        }
    }

    /// The same as values, of the file of a directory; nil if the node keeps its store elsewhere.
    static func page(
        _ table: InspectedTable,
        under: String?,
        after: [InspectedCell],
        limit: Int,
        of directory: DataDirectory
    ) throws -> InspectedPage? {
        guard Files.exists(directory.database) else { return nil }
        return try looked(try Inspection(directory.database)) {
            try $0.page(table, under: under, after: after, limit: limit)
        }
    }

    /// Looks into a file, and lets it go whatever comes of it.
    private static func looked<Found>(_ inspection: Inspection, _ look: (Inspection) throws -> Found) throws -> Found {
        let found: Found
        do { found = try look(inspection) } catch {
            try inspection.close()
            throw error
        }
        try inspection.close()
        return found
    }
}
