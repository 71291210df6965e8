import CCurl

/// The reason why a request got no answer.
public struct ClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Kind: Hashable, Sendable {
        /// Nobody answered at that address.
        case unreachable
        /// The peer is not the expected one, or does not accept us.
        case tls
        /// No byte arrived for too long.
        case timeout
        /// A connection opens, but its handshake does not complete: large packets are lost on the way.
        case stalled
        /// The answer is longer than asked for.
        case tooLarge
        /// The connection ended in the middle of the answer.
        case cut
        /// The caller no longer wants the answer.
        case cancelled
        /// The request or the answer breaks the rules of HTTP or of this protocol.
        case invalid
    }

    /// Decides whether the caller tries again.
    public let kind: Kind
    /// A sentence for people.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// The failure in libcurl's number and words.
    static func transfer(_ code: CURLcode, detail: String, to place: String) -> ClientError {
        let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
            return ClientError(.unreachable, "\(place) cannot be reached: \(words)")
        case CURLE_OPERATION_TIMEDOUT: return ClientError(.timeout, "\(place) did not answer in time: \(words)")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return ClientError(.tls, "no secure connection to \(place): \(explained(words))")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
            // In TLS 1.3 the server judges our certificate when the handshake is over for us.
            return words.contains("alert")
                ? ClientError(.tls, "\(place) refused the connection: \(explained(words))")
                : ClientError(.cut, "the connection to \(place) was cut: \(words)")
        default: return ClientError(.invalid, "the exchange with \(place) failed: \(words)")
        }
    }

    private static let explanations: [(String, String)] = [
        ("certificate required", "it wants a certificate, and we showed none"),
        ("alert unknown ca", "it does not know the authority of our certificate"),
        ("alert certificate expired", "our certificate is expired"),
        ("alert bad certificate", "it refuses our certificate"),
        ("alert certificate unknown", "it refuses our certificate"),
        ("alert unsupported certificate", "our certificate is not for this purpose"),
        ("alert protocol version", "it does not speak TLS 1.3"),
        ("unsupported protocol", "it does not speak TLS 1.3"),
        ("wrong version number", "it does not speak TLS"),
    ]

    private static func explained(_ words: String) -> String {
        explanations.first { words.contains($0.0) }?.1 ?? words
    }
}
