import CCurl
import CPlatform
import Locks

/// Sends requests to one peer, blocking, one at a time, and keeps its connection for the next.
///
/// Unchecked: `busy` lets only one thread use libcurl's handles; waking is what libcurl allows to others.
public final class HTTPSClient: @unchecked Sendable {
    private struct State {
        var isBusy = false
        var isCancelled = false
        var isInvalid = false
        /// What the next request begins with.
        var renewed: ClientTrust?
    }

    private let trust: ClientTrust
    private var verdict: ServerVerdict
    private let proxy: String?
    /// To the end of the handshake, in milliseconds.
    private let connectTimeout: Int
    /// With libcurl's pool of connections; replaced, and woken by others, under `state` only.
    private var multi: UnsafeMutableRawPointer
    private let easy: UnsafeMutableRawPointer
    private let state = Locked(State())
    private var segments = SmallSegments()

    private static let isReady: Bool = {
        kartoteka_ignore_sigpipe()
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()

    /// `proxy` as libcurl takes it, such as `http://proxy.example:3128`; the environment is not asked.
    public init(_ trust: ClientTrust, proxy: String? = nil, connectTimeout: Int = 10_000) throws(ClientError) {
        verdict = try ServerVerdict(trust)
        self.trust = trust
        self.proxy = proxy
        self.connectTimeout = connectTimeout
        guard Self.isReady, let multi = curl_multi_init() else { throw ClientError(.invalid, "libcurl does not start") }
        guard let easy = curl_easy_init() else {
            curl_multi_cleanup(multi)
            throw ClientError(.invalid, "libcurl does not start")
        }
        self.multi = multi
        self.easy = easy
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_multi_cleanup(multi)
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// `acceptGzip` asks for a compressed body, which is inflated here and not by libcurl, that knows no bound:
    /// `maxBytes` is kept while inflating. `silence` is how long no byte may move, in milliseconds; `pace` is how slowly
    /// bytes may. `isAbandoned` is asked before the request and whenever something moves, a second passes or somebody wakes the client; true ends
    /// it as `cancel` does.
    public func request(
        method: String,
        url: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        acceptGzip: Bool = false,
        maxBytes: Int,
        silence: Int64 = 10_000,
        pace: ClientPace = ClientPace(),
        isAbandoned: @Sendable () -> Bool = { false }
    ) throws(ClientError) -> ClientResponse {
        try begin()
        defer { state.withLock { $0.isBusy = false } }
        try renew()
        let lines = try Self.lines(
            headers + (acceptGzip ? [("accept-encoding", "gzip")] : []),
            method: method
        )
        defer { curl_slist_free_all(lines) }
        let transfer = Transfer(maxBytes: maxBytes, acceptsGzip: acceptGzip, pace: pace)
        curl_easy_reset(easy)
        transfer.install(on: easy)
        // The bytes stay ours and in place: libcurl reads them while it sends.
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, body.count), alignment: 1)
        defer { bytes.deallocate() }
        bytes.copyBytes(from: body)
        let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        defer { detail.deallocate() }
        detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        set(CURLOPT_ERRORBUFFER, pointer: detail)
        set(CURLOPT_HTTPHEADER, pointer: lines.map { UnsafeMutableRawPointer($0) })
        setConnection(url: url)
        kartoteka_curl_limit_segments(easy, segments.bytes)
        setMethod(method, bytes: bytes.baseAddress, count: body.count)
        defer { set(CURLOPT_ERRORBUFFER, pointer: nil) }
        return try perform(transfer, detail: detail, place: Self.place(url), silence: silence, isAbandoned)
    }

    /// Ends the present request with `cancelled`, from any thread; does nothing when there is none.
    public func cancel() {
        state.withLock { state in
            state.isCancelled = state.isBusy
            curl_multi_wakeup(multi)
        }
    }

    /// Lets the present request, or the next if there is none, ask at once whether it is abandoned; from any thread.
    public func wake() { state.withLock { _ in _ = curl_multi_wakeup(multi) } }

    /// Ends the present request and refuses all later ones, from any thread.
    public func invalidate() {
        state.withLock { state in
            state.isInvalid = true
            curl_multi_wakeup(multi)
        }
    }

    /// Shows this node's renewed certificate from the next request on, over new connections; from any thread.
    ///
    /// A request that is on its way ends as it began.
    public func use(_ material: TLSMaterial) throws(ClientError) {
        guard case .node(let node, _, let key) = trust else { preconditionFailure("this client shows no certificate") }
        let renewed = ClientTrust.node(node, material: material, key: key)
        // What cannot be read is refused now, not in the midst of another thread's request.
        _ = try ServerVerdict(renewed)
        state.withLock { $0.renewed = renewed }
    }

    /// Takes renewed material, with an empty pool: a connection would go on with the old certificate.
    private func renew() throws(ClientError) {
        let renewed = state.withLock { state in
            defer { state.renewed = nil }
            return state.renewed
        }
        guard let renewed else { return }
        let verdict = try ServerVerdict(renewed)
        guard let multi = curl_multi_init() else { throw ClientError(.invalid, "libcurl does not start") }
        let former = self.multi
        state.withLock { _ in self.multi = multi }
        curl_multi_cleanup(former)
        // Only now: connections of the former pool still pointed to the former verdict.
        self.verdict = verdict
    }

    private func begin() throws(ClientError) {
        let isInvalid = state.withLock { state in
            precondition(!state.isBusy, "a client sends one request at a time")
            state.isCancelled = false
            state.isBusy = !state.isInvalid
            return state.isInvalid
        }
        guard !isInvalid else { throw ClientError(.cancelled, "the client is closed") }
    }

    private func perform(
        _ transfer: Transfer,
        detail: UnsafeMutablePointer<CChar>,
        place: String,
        silence: Int64,
        _ isAbandoned: () -> Bool
    ) throws(ClientError) -> ClientResponse {
        verdict.refusal = nil
        verdict.isPrepared = false
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else {
            throw ClientError(.invalid, "libcurl does not take the request")
        }
        defer { curl_multi_remove_handle(multi, easy) }
        let code: CURLcode
        do throws(ClientError) {
            code = try wait(transfer, silence: silence, place: place, isAbandoned)
        } catch {
            throw error.kind == .timeout && isInHandshake ? stalled(place) : error
        }
        if code == CURLE_OPERATION_TIMEDOUT, isInHandshake { throw stalled(place) }
        if let failure = transfer.failure { throw failure }
        if let refusal = verdict.refusal {
            throw ClientError(.tls, "no secure connection to \(place): \(refusal)")
        }
        guard code == CURLE_OK else {
            throw .transfer(code, detail: String(cString: detail), to: place)
        }
        return ClientResponse(
            status: transfer.status,
            headers: transfer.headers,
            body: try transfer.finish(),
            received: transfer.received,
            peer: verdict.peer
        )
    }

    private var isInHandshake: Bool {
        verdict.isPrepared && kartoteka_curl_is_secured(easy) == 0
    }

    /// The handshake is the first that needs large packets; the next connection asks for smaller ones.
    private func stalled(_ place: String) -> ClientError {
        let tried = segments.bytes
        segments.lower()
        let words = tried == 0 ? "large packets" : "packets of \(tried) bytes"
        return ClientError(
            .stalled,
            "the connection to \(place) opens, but its handshake does not come through: \(words) seem to be lost on the way "
                + "(MTU); smaller ones are tried next"
        )
    }

    /// Drives the transfer to its end.
    private func wait(
        _ transfer: Transfer,
        silence: Int64,
        place: String,
        _ isAbandoned: () -> Bool
    ) throws(ClientError) -> CURLcode {
        while true {
            if state.withLock({ $0.isCancelled || $0.isInvalid }) || isAbandoned() {
                throw ClientError(.cancelled, "the request to \(place) was cancelled")
            }
            var running: Int32 = 0
            guard curl_multi_perform(multi, &running) == CURLM_OK else {
                throw ClientError(.invalid, "libcurl failed while it exchanged bytes with \(place)")
            }
            let result = kartoteka_curl_multi_result(multi)
            if result >= 0 { return CURLcode(UInt32(result)) }
            let (due, words) = transfer.deadline(silence: silence)
            let left = due - kartoteka_monotonic_milliseconds()
            guard left > 0 else { throw ClientError(.timeout, "from or to \(place) \(words)") }
            curl_multi_poll(multi, nil, 0, Int32(clamping: min(left, 1_000)), nil)
        }
    }

    private func setConnection(url: String) {
        set(CURLOPT_URL, url)
        // Where a certificate is expected, nothing goes out without TLS.
        set(CURLOPT_PROTOCOLS_STR, "https")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_BUFFERSIZE, 65_536)
        // NB: the empty text; a null pointer would ask the environment.
        set(CURLOPT_PROXY, proxy ?? "")
        if case .socket(let path) = trust {
            set(CURLOPT_UNIX_SOCKET_PATH, path)
            set(CURLOPT_PROTOCOLS_STR, "http")
            return
        }
        // The chain is checked by `ServerVerdict`, against our authority only: libcurl's own lists stay out.
        set(CURLOPT_CAINFO, nil)
        set(CURLOPT_CAPATH, nil)
        set(CURLOPT_CA_CACHE_TIMEOUT, 0)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 0)
        set(CURLOPT_SSL_SESSIONID_CACHE, 0)
        set(CURLOPT_SSL_ENABLE_ALPN, 0)
        set(CURLOPT_SSLVERSION, 7)  // CURL_SSLVERSION_TLSv1_3
        set(CURLOPT_SSL_CTX_DATA, pointer: Unmanaged.passUnretained(verdict).toOpaque())
        _ = kartoteka_curl_set_tls(easy) { _, context, me in
            guard let context, let me else { return Int32(CURLE_SSL_CONNECT_ERROR.rawValue) }
            let verdict = Unmanaged<ServerVerdict>.fromOpaque(me).takeUnretainedValue()
            return Int32(verdict.prepare(OpaquePointer(context)).rawValue)
        }
    }

    private func setMethod(_ method: String, bytes: UnsafeMutableRawPointer?, count: Int) {
        switch method {
        case "GET" where count == 0: set(CURLOPT_HTTPGET, 1)
        case "HEAD": set(CURLOPT_NOBODY, 1)
        default:
            set(CURLOPT_POST, 1)
            _ = kartoteka_curl_set_large(easy, Int32(CURLOPT_POSTFIELDSIZE_LARGE.rawValue), Int64(count))
            set(CURLOPT_POSTFIELDS, pointer: bytes)
            set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    private func set(_ option: CURLoption, _ value: Int) {
        _ = kartoteka_curl_set_long(easy, Int32(option.rawValue), value)
    }

    private func set(_ option: CURLoption, _ text: String?) {
        _ = kartoteka_curl_set_text(easy, Int32(option.rawValue), text)
    }

    private func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        _ = kartoteka_curl_set_pointer(easy, Int32(option.rawValue), pointer)
    }

    /// The header lines; the caller frees them.
    private static func lines(
        _ headers: [(String, String)],
        method: String
    ) throws(ClientError) -> UnsafeMutablePointer<curl_slist>? {
        let isClean = { (text: String) in !text.utf8.contains { $0 < 0x20 || $0 == 0x7f } }
        guard !method.isEmpty, method.utf8.allSatisfy(HTTPBytes.isToken),
            headers.allSatisfy({ $0.0.utf8.allSatisfy(HTTPBytes.isToken) && !$0.0.isEmpty && isClean($0.1) })
        else { throw ClientError(.invalid, "a method or a header of the request holds a control character") }
        // The body is sent at once: the limits are known from hello, so a pause for "100 Continue" only costs time.
        var lines = curl_slist_append(nil, "Expect:")
        if !headers.contains(where: { HTTPBytes.lowercased($0.0.utf8).elementsEqual("content-type".utf8) }) {
            lines = curl_slist_append(lines, "Content-Type:")
        }
        // A field without a value is written with a semicolon (CURLOPT_HTTPHEADER).
        for (name, value) in headers {
            lines = curl_slist_append(lines, value.isEmpty ? name + ";" : "\(name): \(value)")
        }
        return lines
    }

    /// Scheme, host and port, for messages: the rest may hold what does not belong in a log.
    private static func place(_ url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[2].prefix { $0 != "/" && $0 != "?" }) : url
    }
}
