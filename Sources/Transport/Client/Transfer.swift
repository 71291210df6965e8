import CCurl
import CPlatform

/// One exchange of libcurl's as it goes on.
///
/// On the thread of the request only.
final class Transfer {
    private(set) var status = 0
    private(set) var headers: [(String, String)] = []
    private var body: [UInt8] = []
    /// When the last byte moved, in milliseconds of the monotonic clock.
    private(set) var lastMoved = kartoteka_monotonic_milliseconds()
    private(set) var failure: ClientError?
    /// Bytes of the body as they came, compressed or not.
    private(set) var received = 0
    private let maxBytes: Int
    private let acceptsGzip: Bool
    private var gzip: GzipReader?
    private var headerBytes = 0
    private var uploaded: Int64 = 0
    /// Since when bytes flow that must keep up a rate, and how many did; nil while the peer may take its time.
    private var flowing: (since: Int64, bytes: Int64)?
    /// Whether all of the body was empty lines so far: the peer lets us wait.
    private var isKeptWaiting = true
    /// When the first empty line came.
    private var waitingSince: Int64?
    private let pace: ClientPace

    private static let maxHeaderBytes = 65_536

    init(maxBytes: Int, acceptsGzip: Bool, pace: ClientPace) {
        self.pace = pace
        self.maxBytes = maxBytes
        self.acceptsGzip = acceptsGzip
    }

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
        _ = kartoteka_curl_set_progress(easy) { me, _, _, whole, uploaded in
            Transfer.at(me).noteUpload(uploaded, of: whole)
            return 0
        }
        _ = kartoteka_curl_set_long(easy, Int32(CURLOPT_NOPROGRESS.rawValue), 0)
    }

    private static func at(_ me: UnsafeMutableRawPointer?) -> Transfer {
        guard let me else { preconditionFailure("libcurl gives back the pointer it was given") }
        return Unmanaged<Transfer>.fromOpaque(me).takeUnretainedValue()
    }

    private func noteUpload(_ count: Int64, of whole: Int64) {
        guard count != uploaded else { return }
        flow(count - uploaded)
        uploaded = count
        // The request is out: how long the peer may think about it is `silence`.
        if count >= whole, whole > 0 { flowing = nil }
    }

    /// Notes bytes that must keep up the least rate.
    private func flow(_ count: Int64) {
        lastMoved = kartoteka_monotonic_milliseconds()
        flowing = (flowing?.since ?? lastMoved, (flowing?.bytes ?? 0) + count)
    }

    /// When the transfer is over if nothing more moves, and in what words.
    func deadline(silence: Int64) -> (at: Int64, words: String) {
        var found = (at: lastMoved + silence, words: "no byte moved for \(silence) ms")
        if let flowing {
            let due = flowing.since + pace.grace + flowing.bytes * 1_000 / max(1, pace.leastRate)
            if due < found.at { found = (due, "fewer than \(pace.leastRate) bytes a second moved") }
        }
        if isKeptWaiting, let waitingSince, waitingSince + pace.emptyLines < found.at {
            found = (waitingSince + pace.emptyLines, "only empty lines came for \(pace.emptyLines) ms")
        }
        return found
    }

    /// Takes bytes of the body; less than their number ends the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        isKeptWaiting = isKeptWaiting && bytes.allSatisfy { $0 == HTTPBytes.lineFeed }
        if isKeptWaiting {
            lastMoved = kartoteka_monotonic_milliseconds()
            waitingSince = waitingSince ?? lastMoved
        } else {
            flow(Int64(bytes.count))
        }
        do throws(ClientError) {
            if received == 0 { try beginBody() }
            received += bytes.count
            // Compressed bytes that inflate to nothing must end, too.
            guard bytes.count <= maxBytes - body.count, received <= maxBytes + maxBytes / 64 + 1_024 else {
                throw tooLarge
            }
            guard let gzip else {
                body.append(contentsOf: bytes)
                return bytes.count
            }
            do throws(GzipReader.Failure) { try gzip.receive(bytes) } catch { throw refusal(error) }
            return bytes.count
        } catch {
            failure = error
            return 0
        }
    }

    /// Looks at how the body is encoded, before its first byte.
    private func beginBody() throws(ClientError) {
        let encodings = headers.filter { $0.0 == "content-encoding" && $0.1 != "identity" }.map(\.1)
        guard let encoding = encodings.first else { return }
        // Without our asking, an encoded body would be taken for the text itself.
        guard acceptsGzip else { throw ClientError(.invalid, "the answer is compressed unasked") }
        guard encodings.count == 1, HTTPBytes.lowercased(encoding.utf8).elementsEqual("gzip".utf8) else {
            throw ClientError(.invalid, "the answer is compressed in another way than gzip")
        }
        gzip = GzipReader(limit: maxBytes)
    }

    /// The body, whole; to be asked when the transfer ended well.
    func finish() throws(ClientError) -> [UInt8] {
        guard let gzip else { return body }
        do throws(GzipReader.Failure) { return try gzip.finish() } catch { throw refusal(error) }
    }

    private var tooLarge: ClientError {
        ClientError(.tooLarge, "the answer is longer than the \(maxBytes) bytes expected at most")
    }

    private func refusal(_ failure: GzipReader.Failure) -> ClientError {
        if case .tooLarge = failure { return tooLarge }
        return ClientError(.invalid, "the answer cannot be inflated: \(failure)")
    }

    private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        // The request is out: from here on it is the answer that must keep up.
        if headerBytes == 0 { flowing = nil }
        flow(Int64(bytes.count))
        if bytes.count <= 2 { flowing = nil }
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
