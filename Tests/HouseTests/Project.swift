import Foundation

/// The project's own files, as the rules of the house look at them.
struct Project {
    let root: URL
    /// Paths from the root, sorted; nothing that is built, nothing of version control, and no links: a file is looked at
    /// where it stands.
    let paths: [String]

    static let here = Project(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    )

    private static let passedOver: Set<String> = [".build", ".git", "__pycache__", ".swiftpm"]

    init(root: URL) {
        self.root = root
        var found: [String] = []
        var folders = [""]
        let own = root.resolvingSymlinksInPath().path
        while let folder = folders.popLast() {
            let names = Self.names(in: root.appending(path: folder).path)
            for name in names where !Self.passedOver.contains(name) {
                let path = folder.isEmpty ? name : folder + "/" + name
                let file = root.appending(path: path).resolvingSymlinksInPath().path
                // What lies outside of the project is looked at behind its link.
                if file != own + "/" + path, file.hasPrefix(own + "/") { continue }
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
                else { continue }
                if isFolder.boolValue { folders.append(path) } else { found.append(path) }
            }
        }
        paths = found.sorted()
    }

    private static func names(in folder: String) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
            preconditionFailure("the folder \(folder) of the project cannot be read: \(error)")
        }
    }

    /// The text of a file; nil if it is not there or not text.
    func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: root.appending(path: path).path).flatMap {
            String(validating: $0, as: UTF8.self)
        }
    }

    /// All Swift files under Sources and Tests.
    static let swift: [SwiftSource] = here.paths
        .filter { $0.hasSuffix(".swift") && ($0.hasPrefix("Sources/") || $0.hasPrefix("Tests/")) }
        .compactMap { path in here.text(path).map { SwiftSource(path, $0) } }

    /// Those of the product.
    static let sources = swift.filter { $0.path.hasPrefix("Sources/") }
}
