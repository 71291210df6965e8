import Appeals
package import CanonicalJSON
package import Cryptography
import Replication

/// One signed line that asks for a certificate, as joining and renewing send it: form, names and signature hold.
package struct SignedAsk {
    package let node: String
    package let request: CertificateRequest
    /// What was signed.
    package let fields: JSON

    /// `{name: {version, node, request, …}, "signature"}`, signed by the key that the request is for.
    package init?(_ body: [UInt8], name: String, prefix: [UInt8]) {
        guard let line = Lines.split(body).first, let json = try? JSON(parsing: Array(line)), let fields = json[name],
            fields["version"]?.integer == Limits.version, let node = fields["node"]?.string, Names.isIdentifier(node),
            let text = fields["request"]?.string, let request = try? CertificateRequest(pem: Array(text.utf8)),
            request.node == node, let signature = json["signature"]?.string.flatMap(Base64.decode),
            request.publicKey.verifies(signature, over: prefix + fields.canonicalBytes())
        else { return nil }
        self.node = node
        self.request = request
        self.fields = fields
    }
}
