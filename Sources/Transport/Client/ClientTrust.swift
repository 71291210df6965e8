import CCurl
import COpenSSL
import CPlatform
public import Cryptography

/// Which server a client talks to, and how it recognises it.
public enum ClientTrust: Sendable {
    /// A node whose certificate is of our authority, with a certificate of our own. `key` pins its key as well.
    case node(String, material: TLSMaterial, key: SHA256Digest? = nil)
    /// A node under the authority with this fingerprint (SHA-256 of its certificate's DER form), which the server must
    /// send along; we show no certificate. Any node of that authority when `node` is nil.
    case fingerprint(SHA256Digest, node: String? = nil)
    /// The process that serves this Unix-domain socket.
    case socket(path: String)
}

/// Decides during the handshake whether this is the right server, and remembers why not.
final class ServerVerdict {
    private let trust: ClientTrust
    private let authorities: [Certificate]
    private(set) var peer: PeerIdentity?
    /// Why the last handshake was refused by us.
    var refusal: String?
    /// Whether a connection was open and TLS began on it: libcurl asks for its context then, and not before.
    var isPrepared = false

    init(_ trust: ClientTrust) throws(ClientError) {
        self.trust = trust
        guard case .node(_, let material, _) = trust else {
            authorities = []
            return
        }
        do throws(TLSError) { authorities = try TLSContext.authorities(material) } catch {
            throw ClientError(.tls, error.description)
        }
    }

    /// Prepares a context of libcurl's for TLS as we speak it.
    func prepare(_ context: OpaquePointer) -> CURLcode {
        isPrepared = true
        ERR_clear_error()
        guard kartoteka_tls_restrict(context) == 1 else { return CURLE_SSL_CONNECT_ERROR }
        if case .node(_, let material, _) = trust {
            do throws(TLSError) { try TLSContext.load(material, into: context) } catch {
                refusal = error.description
                return CURLE_SSL_CERTPROBLEM
            }
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        // NB: replaces the whole check of the chain; host names play no part, nodes have names of their own.
        SSL_CTX_set_cert_verify_callback(
            context,
            { presented, me in
                guard let presented, let me else { return 0 }
                let verdict = Unmanaged<ServerVerdict>.fromOpaque(me).takeUnretainedValue()
                return verdict.judge(presented) ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
        return CURLE_OK
    }

    private func judge(_ presented: OpaquePointer) -> Bool {
        peer = nil
        do throws(TLSError) {
            peer = try identify(presented)
            refusal = nil
        } catch { refusal = error.description }
        ERR_clear_error()
        let code = refusal == nil ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION
        X509_STORE_CTX_set_error(presented, code)
        return refusal == nil
    }

    private func identify(_ presented: OpaquePointer) throws(TLSError) -> PeerIdentity {
        guard let leaf = TLSContext.der(X509_STORE_CTX_get0_cert(presented)) else {
            throw TLSError("it showed no certificate")
        }
        let anchors = try anchors(presented)
        let pointers: [OpaquePointer?] = anchors.compactMap { TLSContext.pointer(der: $0.der) }
        defer { for pointer in pointers { X509_free(pointer) } }
        let code = kartoteka_verify_server(presented, pointers, Int32(pointers.count))
        guard code == X509_V_OK else { throw TLSError(TLSError.verification(Int(code))) }
        let found: PeerIdentity
        do {
            let certificate = try Certificate(der: leaf)
            let now = kartoteka_wall_seconds()
            found = try CertificateProfile.check(certificate, purpose: .server, authorities: anchors, now: now)
        } catch { throw TLSError("\(error)") }
        let (node, key): (String?, SHA256Digest?) =
            switch trust {
            case .node(let node, _, let key): (node, key)
            case .fingerprint(_, let node): (node, nil)
            case .socket: (nil, nil)
            }
        guard node == nil || node == found.node else {
            throw TLSError("its certificate is of the node \(found.node), not of \(node ?? "")")
        }
        guard key == nil || key == found.key else { throw TLSError("its key is not the one we know it by") }
        return found
    }

    private func anchors(_ presented: OpaquePointer) throws(TLSError) -> [Certificate] {
        guard case .fingerprint(let fingerprint, _) = trust else { return authorities }
        for index in 0..<min(8, kartoteka_chain_count(presented)) {
            guard let der = TLSContext.der(kartoteka_chain_certificate(presented, index)),
                SHA256.hash(der) == fingerprint
            else { continue }
            do throws(CryptographyError) { return [try Certificate(der: der)] } catch {
                throw TLSError("reading its authority's certificate: \(error)")
            }
        }
        throw TLSError("it does not show the authority's certificate whose fingerprint we were given")
    }
}
