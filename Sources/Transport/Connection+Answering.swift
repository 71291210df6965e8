import Glibc

extension Connection {
    static let again = Int(EAGAIN)

    /// Carries out what a responder asks, unless it is too late.
    func take(_ reply: Reply, for id: UInt64) {
        guard phase == .handling, requestID == id else { return }
        switch reply {
        case .keepWaiting(let contentType):
            guard !isStreaming, request?.method != "HEAD" else { return }
            isStreaming = true
            beginLines()
            output.append(HTTPWriter.chunkedHead(200, contentType: contentType, keepsAlive: keepsAlive))
        case .announce(let count):
            reserve(bytes: count)
            return
        case .answer(let response): answer(response)
        case .stream(let response): stream(response)
        }
        flush()
        settle()
    }

    /// Adds a piece to a streamed answer, or ends it; a reader who takes none of it is closed.
    func take(piece: [UInt8]?, for id: UInt64) {
        guard phase == .streaming, requestID == id else { return }
        guard let piece else {
            output.append(HTTPWriter.lastChunk)
            endStream()
            enter(.answering)
            flush()
            return settle()
        }
        guard !piece.isEmpty else { return }
        if output.isEmpty { lastMoved = loop.now }
        appendChunk(piece)
        flush()
        guard phase == .streaming else { return }
        reserve(bytes: output.count)
        guard output.count <= limits.streamBytes else { return server.slowStream(self) }
        settle()
    }

    private func stream(_ response: Response) {
        guard request?.method != "HEAD" else {
            streamer?.vanished()
            return answer(response)
        }
        responder = nil
        enter(.streaming)
        output.append(
            HTTPWriter.chunkedHead(
                response.status,
                contentType: response.contentType ?? "application/octet-stream",
                headers: response.headers,
                keepsAlive: keepsAlive
            )
        )
    }

    private func endStream() {
        requestID = nil
        request = nil
        streamer = nil
    }

    private func appendChunk(_ bytes: [UInt8]) {
        output.append(HTTPWriter.chunkStart(bytes.count))
        output.append(bytes)
        output.append([HTTPBytes.carriageReturn, HTTPBytes.lineFeed])
    }

    /// Refuses a request; the connection ends, for its framing is in doubt or its body unread.
    func refuse(_ refusal: HTTPRefusal) {
        server.requestRefused(self, refusal)
        keepsAlive = false
        isStreaming = false
        answer(refusal)
        flush()
    }

    /// In the handler's own words.
    private func answer(_ refusal: HTTPRefusal) {
        var response = server.handler.refusal(refusal, of: request)
        if refusal.status == 503 { response.headers.append(("retry-after", "1")) }
        answer(response)
    }

    /// Refuses a request that was read to its end; the connection stays open.
    func deny(_ refusal: HTTPRefusal) {
        denial = nil
        server.requestRefused(self, refusal)
        answer(refusal)
        flush()
    }

    /// Answers before anything was asked: the peer is not wanted.
    func refuseUnread(_ refusal: HTTPRefusal) {
        keepsAlive = false
        answer(refusal)
        flush()
    }

    private func answer(_ response: Response) {
        requestID = nil
        responder = nil
        enter(.answering)
        let isHead = request?.method == "HEAD"
        request = nil
        defer { reserve(bytes: output.count) }
        guard !isStreaming else {
            if !response.body.isEmpty { appendChunk(response.body) }
            return output.append(HTTPWriter.lastChunk)
        }
        output.append(HTTPWriter.head(response, keepsAlive: keepsAlive))
        if response.hasBody, !isHead { output.append(response.body) }
    }

    /// Writes what it can.
    func flush() {
        guard let wire else { return }
        let (step, count) = output.write(to: wire)
        progress(count)
        if phase == .answering { reserve(bytes: output.count) }
        guard wait(step) else { return close() }
        guard output.isEmpty, phase == .answering else { return }
        isStreaming = false
        guard keepsAlive else { return linger() }
        parser.next()
        enter(.waiting(isFirst: false))
        readFollowing()
    }

    /// Says goodbye, and closes when the peer did so, too.
    func linger() {
        wire?.finish()
        enter(.lingering)
        drain()
    }
}
