import Appeals
import Desk
import Glibc
import Testing

@testable import Node

/// A directory of a node or of a backup whose way is not there.
@Suite("A way that is not there")
struct DataDirectoryTests {
    @Test("the first directory that is missing is named, and how it is made; nothing is made")
    func missing() throws {
        var template = Array("/tmp/kartoteka-way-XXXXXX".utf8CString)
        let base = String(cString: try #require(mkdtemp(&template)))
        defer { rmdir(base) }
        for (way, first, parent) in [
            ("/media/backup/urz-1", "/media", "/media/backup"), ("/a/b", "/a", "/a"), ("/a/b/", "/a", "/a"),
        ] {
            let error = #expect(throws: NodeError.self) {
                try DataDirectory(base + way).create(doing: Label("testing"))
            }
            #expect(error?.code == .notFound)
            #expect(error?.found.uk == "каталогу \(base + first) немає")
            #expect(error?.remedy.uk.contains("mkdir -p \(base + parent)") == true)
            #expect(Files.status(base + first) == nil)
        }
    }
}
