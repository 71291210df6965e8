import Cryptography
import Glibc
import Transport

/// The command line of OpenSSL as a client that is not ours.
struct OpenSSLTool {
    let folder: String

    static let isThere = access("/usr/bin/openssl", X_OK) == 0

    init(_ material: TLSMaterial) throws {
        folder = "/tmp/kartoteka-test-\(getpid())-\(RandomBytes.hex(6))"
        mkdir(folder, 0o700)
        for (name, bytes) in [
            ("certificate", material.certificates), ("key", material.key), ("authority", material.authorities),
        ] {
            let file = fopen("\(folder)/\(name)", "w")
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
    }

    func remove() {
        for name in ["certificate", "key", "authority", "session"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// Sends one request; the answer is all that the tool prints.
    func talk(_ port: UInt16, _ options: String, showsCertificate: Bool = true) -> String {
        let identity = showsCertificate ? "-cert \(folder)/certificate -key \(folder)/key" : ""
        // The pause is only there to keep the tool's input open until the office closes.
        let command =
            "(printf 'GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n'; sleep 1) | timeout 20 openssl s_client"
            + " -connect 127.0.0.1:\(port) -CAfile \(folder)/authority \(identity) \(options) 2>&1"
        guard let pipe = popen(command, "r") else { return "" }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
        pclose(pipe)
        return String(decoding: bytes, as: UTF8.self)
    }
}
