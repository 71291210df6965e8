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
        }
        flush()
        settle()
    }

    /// Refuses a request; the connection ends, for its framing is in doubt or its body unread.
    func refuse(_ refusal: HTTPRefusal) {
        server.requestRefused(self, refusal)
        keepsAlive = false
        isStreaming = false
        answer(Response(refusal, headers: refusal.status == 503 ? [("retry-after", "1")] : []))
        flush()
    }

    /// Refuses a request that was read to its end; the connection stays open.
    func deny(_ refusal: HTTPRefusal) {
        denial = nil
        server.requestRefused(self, refusal)
        answer(Response(refusal))
        flush()
    }

    /// Answers before anything was asked: the peer is not wanted.
    func refuseUnread(_ refusal: HTTPRefusal) {
        keepsAlive = false
        answer(Response(refusal, headers: refusal.status == 503 ? [("retry-after", "1")] : []))
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
            if !response.body.isEmpty {
                output.append(HTTPWriter.chunkStart(response.body.count))
                output.append(response.body)
                output.append([HTTPBytes.carriageReturn, HTTPBytes.lineFeed])
            }
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
