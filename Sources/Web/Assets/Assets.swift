import Cryptography
import WebAssets

/// The files that pages ask for beside their HTML: style, scripts, pictures.
///
/// Their address has a version that is made of all their bytes: what lies under an address never changes, so a browser
/// asks for each once, and a page that was open during an upgrade goes on with the files that it began with
/// (`FormerAssets`).
package enum Assets {
    /// One file.
    package struct File: Sendable, Equatable {
        package let name: String
        /// As `content-type` has it.
        package let type: String
        package let bytes: [UInt8]

        /// `type` is for the header `content-type`.
        package init(name: String, type: String, bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.bytes = bytes
        }
    }

    /// All files of this version, by name.
    package static let files: [String: File] = Dictionary(uniqueKeysWithValues: inOrder.map { ($0.name, $0) })

    /// 16 hexadecimal digits.
    package static let version: String = {
        var all: [UInt8] = []
        for file in inOrder { all += Array("\(file.name) \(file.bytes.count)\n".utf8) + file.bytes }
        return String(SHA256.hash(all).hex.prefix(16))
    }()

    private static let inOrder: [File] = (0..<kartoteka_asset_count()).map { number in
        let asset = kartoteka_asset_at(number)
        let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.count)
        return File(name: String(cString: asset.name), type: String(cString: asset.type), bytes: Array(bytes))
    }

    /// Where a page finds a file of this version.
    static func address(_ name: String) -> String { "/assets/\(version)/\(name)" }

    /// The type of a file by its name; nil if it is none that pages ask for.
    package static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: nil
        }
    }

    static let routes: [Route] = [
        Route("GET", "/assets/{version}/{name}", entry: .open) { call in
            let version = call.parameters["version"] ?? "", name = call.parameters["name"] ?? ""
            let file = version == Self.version ? files[name] : try call.site.formerAssets.file(name, of: version)
            return file?.reply ?? call.nothingHere()
        }
    ]

    /// A file of this version by its address; nil if there is none.
    static func file(at path: String) -> File? {
        path.hasPrefix(address("")) ? files[String(path.dropFirst(address("").count))] : nil
    }
}

extension Assets.File {
    /// As browsers keep it: what lies under its address never changes.
    var reply: WebReply {
        WebReply(
            status: 200,
            contentType: type,
            headers: [("cache-control", "public, max-age=31536000, immutable")],
            body: bytes
        )
    }
}

/// The files of former versions that pages which are still open may ask for.
package protocol FormerAssets {
    /// A file of a version; nil if it is not kept, or not any more. Any text may come as name and version.
    func file(_ name: String, of version: String) throws -> Assets.File?
}

/// Where nothing of former versions is kept.
package struct NoFormerAssets: FormerAssets {
    package init() {}

    /// Nil, whatever is asked for.
    package func file(_ name: String, of version: String) -> Assets.File? { nil }
}
