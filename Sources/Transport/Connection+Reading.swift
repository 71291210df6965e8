import CPlatform

extension Connection {
    /// How often one connection reads before the others have their turn.
    private static let readsPerTurn = 16

    /// Reads and parses until there is nothing more, or a request is complete.
    func readMore() {
        for _ in 0..<Self.readsPerTurn {
            guard let wire else { return }
            let scratch = loop.scratch
            let step = wire.read(into: scratch)
            guard wait(step) else { return readingEnded(step) }
            guard case .moved(let count) = step else { return }
            progress(count)
            let bytes = UnsafeRawBufferPointer(rebasing: scratch[..<count]).assumingMemoryBound(to: UInt8.self)
            parse(Span(_unsafeElements: bytes))
            switch phase {
            case .waiting, .head, .body: continue
            case .handshaking, .handling, .streaming, .answering, .lingering, .closed: return
            }
        }
    }

    private func readingEnded(_ step: WireStep) {
        if phase == .head || phase == .body {
            // NB: the end of the connection is never the end of a body, with or without TLS's goodbye.
            let reason = if case .failed(let reason) = step { reason } else { "it ended" }
            server.log(.notice, "request_cut", "request of \(name) is incomplete: \(reason)")
        }
        close()
    }

    private func parse(_ bytes: Span<UInt8>) {
        var offset = 0
        do throws(HTTPRefusal) {
            while true {
                if case .waiting = phase { enter(.head) }
                switch try parser.receive(bytes, from: &offset) {
                case .needsMore:
                    guard reserve(bytes: parser.bodyCount) else { throw Self.outOfMemory }
                    // An empty line after a body is no request yet.
                    if phase == .head, !parser.isInside { enter(.waiting(isFirst: false)) }
                    return
                case .head(let head): try admit(head, hasMore: offset < bytes.count)
                case .complete(let body):
                    // What follows is read after our answer, wherever it was cut.
                    if offset < bytes.count { following = Self.rest(of: bytes, from: offset) }
                    if let denial { return deny(denial) }
                    return dispatch(body)
                }
            }
        } catch {
            refuse(error)
        }
    }

    private static func rest(of bytes: Span<UInt8>, from offset: Int) -> [UInt8] {
        bytes.extracting(offset..<bytes.count).withUnsafeBufferPointer { Array($0) }
    }

    /// Goes on with the requests that came with the one that is answered now.
    ///
    /// One after another, never one inside another: a thousand of them may have come at once.
    func readFollowing() {
        guard !isReadingFollowing else { return }
        isReadingFollowing = true
        defer { isReadingFollowing = false }
        while case .waiting = phase, !following.isEmpty {
            let bytes = following
            following = []
            parse(bytes.span)
        }
    }

    private static var outOfMemory: HTTPRefusal {
        HTTPRefusal(status: 503, code: "busy", sentence: "too much is on its way in memory; try again later")
    }

    private func admit(_ head: HTTPHead, hasMore: Bool) throws(HTTPRefusal) {
        request = head
        keepsAlive = head.keepsAlive
        switch server.handler.admit(peer: peer, head) {
        case .accept(let bodyLimit): try parser.accept(bodyLimit: bodyLimit)
        case .refuse(let status, let code, let sentence):
            let refusal = HTTPRefusal(status: status, code: code, sentence: sentence)
            // Without a body the next request is where it should be: nothing is in doubt but this one.
            guard status == 404, head.framing == .none else { throw refusal }
            denial = refusal
            try parser.accept(bodyLimit: 0)
        }
        enter(.body)
        if head.awaitsContinue, head.framing != .none, !hasMore {
            output.append(HTTPWriter.continueLine)
            flush()
        }
    }

    private func dispatch(_ body: [UInt8]) {
        guard let head = request else { preconditionFailure("a body is complete only after its head") }
        reserve(bytes: body.count)
        let id = server.nextRequestID()
        requestID = id
        isStreaming = false
        enter(.handling)
        let responder = Responder(self, id: id)
        self.responder = responder
        server.handler.handle(
            Request(
                method: head.method,
                path: head.path,
                query: head.query,
                headers: head.headers,
                body: body,
                peer: peer,
                remoteAddress: address,
                id: id
            ),
            responder
        )
    }

    /// Takes what a closing peer still sends, so that it can read our last answer before the system resets.
    func drain() {
        for _ in 0..<Self.readsPerTurn {
            let count = kartoteka_receive(fd, loop.scratch.baseAddress, loop.scratch.count)
            if count > 0 { continue }
            if count == 0 || count != -Self.again { close() }
            return
        }
    }
}
