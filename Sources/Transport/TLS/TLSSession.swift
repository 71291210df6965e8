import COpenSSL
import CPlatform
import Cryptography

/// The server's side of one TLS connection, straight on the non-blocking socket.
///
/// There is no buffer of ours, and OpenSSL gives its own back while the connection is idle. On the loop's thread only.
final class TLSSession: Wire {
    enum Handshake {
        case done
        case waitReadable
        case waitWritable
        case failed(String)
    }

    private let ssl: OpaquePointer
    private let fd: Int32
    private let context: TLSContext
    /// After a fatal error OpenSSL must not be asked to say goodbye.
    private var isBroken = false

    init(_ context: TLSContext, fd: Int32) throws(TLSError) {
        ERR_clear_error()
        guard let ssl = SSL_new(context.pointer) else { throw .last("beginning TLS") }
        guard SSL_set_fd(ssl, fd) == 1 else {
            SSL_free(ssl)
            throw .last("beginning TLS")
        }
        SSL_set_accept_state(ssl)
        self.ssl = ssl
        self.fd = fd
        self.context = context
    }

    deinit { SSL_free(ssl) }

    func handshake() -> Handshake {
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        if result == 1 { return .done }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .waitReadable
        case SSL_ERROR_WANT_WRITE: return .waitWritable
        case SSL_ERROR_SYSCALL where ERR_peek_error() == 0:
            isBroken = true
            return .failed("it went away during the handshake")
        default:
            isBroken = true
            let verdict = SSL_get_verify_result(ssl)
            let reason = TLSError.takeReason()
            return .failed(verdict == Int(X509_V_OK) ? reason : TLSError.verification(verdict))
        }
    }

    /// Who the peer is, by the profile; after the handshake.
    func identify(now: Int64) -> Result<PeerIdentity, TLSError> {
        guard !context.authorities.isEmpty, SSL_get_verify_result(ssl) == Int(X509_V_OK),
            let der = TLSContext.der(SSL_get0_peer_certificate(ssl))
        else { return .failure(TLSError("it showed no certificate")) }
        do {
            let certificate = try Certificate(der: der)
            let peer = try CertificateProfile.check(
                certificate,
                purpose: .client,
                authorities: context.authorities,
                now: now
            )
            return .success(peer)
        } catch {
            return .failure(TLSError("\(error)"))
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> WireStep {
        guard !isBroken else { return .failed("the connection is broken") }
        ERR_clear_error()
        let count = SSL_read(ssl, buffer.baseAddress, Int32(clamping: buffer.count))
        return count > 0 ? .moved(Int(count)) : step(count)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> WireStep {
        guard !isBroken else { return .failed("the connection is broken") }
        ERR_clear_error()
        let count = SSL_write(ssl, bytes.baseAddress, Int32(clamping: bytes.count))
        return count > 0 ? .moved(Int(count)) : step(count)
    }

    func finish() {
        if !isBroken {
            ERR_clear_error()
            _ = SSL_shutdown(ssl)
            ERR_clear_error()
        }
        kartoteka_shutdown_sending(fd)
    }

    private func step(_ result: Int32) -> WireStep {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .waitReadable
        case SSL_ERROR_WANT_WRITE: return .waitWritable
        case SSL_ERROR_ZERO_RETURN: return .ended
        case SSL_ERROR_SYSCALL where ERR_peek_error() == 0:
            isBroken = true
            return .failed("it was cut")
        default:
            isBroken = true
            return .failed(TLSError.takeReason())
        }
    }
}
