import COpenSSL

/// A failure of TLS, in words.
public struct TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence for logs, with OpenSSL's reason where it says more than ours.
    public let description: String

    init(_ description: String) { self.description = description }

    /// What OpenSSL queued, and the queue is empty then: left over, it would be blamed on another connection.
    static func last(_ doing: String) -> TLSError { TLSError("\(doing): \(takeReason())") }

    static func takeReason() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard code != 0 else { return "no reason is known" }
        return words(for: code)
    }

    /// The usual failures in a sentence of ours, the others in OpenSSL's words.
    private static func words(for code: UInt) -> String {
        switch reason(of: code) {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return "it showed no certificate"
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_WRONG_VERSION_NUMBER,
            SSL_R_NO_PROTOCOLS_AVAILABLE:
            return "it does not speak TLS 1.3"
        case SSL_R_HTTP_REQUEST: return "it speaks HTTP without TLS"
        case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE: return "it shares no cipher or group with us"
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA: return "it does not know the authority of our certificate"
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED: return "it wants a certificate, and we showed none"
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: return "it does not take TLS 1.3"
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED: return "it says that our certificate is expired"
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN,
            SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
            return "it refuses our certificate"
        case SSL_R_UNEXPECTED_EOF_WHILE_READING: return "it was cut"
        default: break
        }
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code) of OpenSSL"
    }

    private static func reason(of code: UInt) -> Int32 { Int32(truncatingIfNeeded: code & 0x7f_ffff) }

    /// Why a chain of certificates does not hold, in a sentence; `code` is one of X509_V_ERR.
    static func verification(_ code: Int) -> String {
        switch Int32(truncatingIfNeeded: code) {
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_CERT_UNTRUSTED:
            return "its certificate is not signed by our authority"
        case X509_V_ERR_CERT_HAS_EXPIRED: return "its certificate is expired"
        case X509_V_ERR_CERT_NOT_YET_VALID: return "its certificate is not valid yet (are the clocks right?)"
        case X509_V_ERR_INVALID_PURPOSE: return "its certificate is not for this purpose"
        case X509_V_ERR_CERT_CHAIN_TOO_LONG: return "more than one authority stands between its certificate and ours"
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK:
            return "its certificate is too weak"
        default: return X509_verify_cert_error_string(code).map { String(cString: $0) } ?? "verification error \(code)"
        }
    }
}
