import COpenSSL
import CPlatform

/// The alternative names of a certificate or a request.
struct AlternativeNames {
    var uris: [String] = []
    var dns: [String] = []
    var addresses: [[UInt8]] = []
    /// Present but unreadable, or present twice.
    var malformed = false

    init() {}

    init(certificate: OpaquePointer) {
        var found: Int32 = -1
        self.init(owning: kartoteka_certificate_names(certificate, &found), found: found)
    }

    init(request: OpaquePointer) {
        var found: Int32 = -1
        self.init(owning: kartoteka_request_names(request, &found), found: found)
    }

    /// What the name constraints of an authority permit: addresses with their masks.
    init(permittedBy certificate: OpaquePointer) {
        self.init(owning: kartoteka_certificate_permitted(certificate), found: -1)
    }

    private init(owning names: OpaquePointer?, found: Int32) {
        defer { ERR_clear_error() }
        guard let names else {
            malformed = found != -1
            return
        }
        defer { kartoteka_names_free(names) }
        for index in 0..<max(0, kartoteka_names_count(names)) {
            var start: UnsafePointer<UInt8>?
            var count: Int32 = 0
            let type = kartoteka_names_get(names, index, &start, &count)
            let bytes = [UInt8](UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(max(0, count))))
            switch type {
            case GEN_URI: uris.append(String(decoding: bytes, as: UTF8.self))
            case GEN_DNS: dns.append(String(decoding: bytes, as: UTF8.self))
            case GEN_IPADD: addresses.append(bytes)
            default: continue
            }
        }
    }

    /// Lets `body` use the names as OpenSSL's own list; it answers 1 on success.
    func withNames(_ doing: String, _ body: (OpaquePointer) -> Int32) throws(CryptographyError) {
        let names = try require(kartoteka_names_new(), doing)
        defer { kartoteka_names_free(names) }
        let all =
            uris.map { (GEN_URI, Array($0.utf8)) } + dns.map { (GEN_DNS, Array($0.utf8)) }
            + addresses.map { (GEN_IPADD, $0) }
        for (type, bytes) in all {
            guard let count = Int32(exactly: bytes.count) else { throw .refused(doing + ": a name is too long") }
            try require(kartoteka_names_add(names, type, bytes, count), doing)
        }
        try require(body(names), doing)
    }
}
