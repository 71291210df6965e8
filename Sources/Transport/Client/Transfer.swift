import CCurl
import CPlatform

/// One exchange of libcurl's as it goes on.
///
/// On the thread of the request only.
final class Transfer {
    private(set) var status = 0
    private(set) var headers: [(String, String)] = []
    private(set) var body: [UInt8] = []
    /// When the last byte moved, in milliseconds of the monotonic clock.
    private(set) var lastMoved = kartoteka_monotonic_milliseconds()
    private(set) var failure: ClientError?
    private let maxBytes: Int
    private var headerBytes = 0
    private var uploaded: Int64 = 0

    private static let maxHeaderBytes = 65_536

    init(maxBytes: Int) { self.maxBytes = maxBytes }

    func install(on easy: UnsafeMutableRawPointer) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = kartoteka_curl_set_pointer(easy, Int32(CURLOPT_WRITEDATA.rawValue), me)
        _ = kartoteka_curl_set_write(easy, Int32(CURLOPT_WRITEFUNCTION.rawValue)) { bytes, size, count, me in
            Transfer.at(me).receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        _ = kartoteka_curl_set_pointer(easy, Int32(CURLOPT_HEADERDATA.rawValue), me)
        _ = kartoteka_curl_set_write(easy, Int32(CURLOPT_HEADERFUNCTION.rawValue)) { bytes, size, count, me in
            Transfer.at(me).receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        _ = kartoteka_curl_set_pointer(easy, Int32(CURLOPT_XFERINFODATA.rawValue), me)
        _ = kartoteka_curl_set_progress(easy) { me, _, _, _, uploaded in
            Transfer.at(me).noteUpload(uploaded)
            return 0
        }
        _ = kartoteka_curl_set_long(easy, Int32(CURLOPT_NOPROGRESS.rawValue), 0)
    }

    private static func at(_ me: UnsafeMutableRawPointer?) -> Transfer {
        guard let me else { preconditionFailure("libcurl gives back the pointer it was given") }
        return Unmanaged<Transfer>.fromOpaque(me).takeUnretainedValue()
    }

    private func noteUpload(_ count: Int64) {
        guard count != uploaded else { return }
        uploaded = count
        lastMoved = kartoteka_monotonic_milliseconds()
    }

    /// Takes inflated bytes; less than their number ends the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastMoved = kartoteka_monotonic_milliseconds()
        guard bytes.count <= maxBytes - body.count else {
            failure = ClientError(.tooLarge, "the answer is longer than the \(maxBytes) bytes expected at most")
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastMoved = kartoteka_monotonic_milliseconds()
        headerBytes += bytes.count
        guard headerBytes <= Self.maxHeaderBytes else {
            failure = ClientError(.tooLarge, "the head of the answer is longer than \(Self.maxHeaderBytes) bytes")
            return 0
        }
        let line = Array(bytes)[...]
        if line.starts(with: "HTTP/".utf8) {
            // Another head: the one before was "100 Continue".
            headers = []
            status = line.split(separator: 0x20).dropFirst().first.flatMap { HTTPBytes.decimal($0.prefix(3)) } ?? 0
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let end = line.lastIndex { $0 != HTTPBytes.lineFeed && $0 != HTTPBytes.carriageReturn } ?? colon
            let name = String(decoding: HTTPBytes.lowercased(line[..<colon]), as: UTF8.self)
            let value = end > colon ? HTTPBytes.trimmed(line[(colon + 1)...end]) : []
            headers.append((name, String(decoding: value, as: UTF8.self)))
        }
        return bytes.count
    }
}
