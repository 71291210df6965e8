import COpenSSL

/// What OpenSSL, or a check of ours, refused: what was being done and OpenSSL's code (0 when the refusal is ours).
public struct CryptographyError: Error, Hashable, CustomStringConvertible {
    /// What was being done, as a clause of English.
    public let doing: String
    /// OpenSSL's own, for whoever looks it up.
    public let code: UInt

    public init(doing: String, code: UInt) {
        self.doing = doing
        self.code = code
    }

    public var description: String {
        guard code != 0 else { return doing }
        guard let reason = ERR_reason_error_string(code) else { return "\(doing): OpenSSL error \(code)" }
        return "\(doing): \(String(cString: reason)) (OpenSSL error \(code))"
    }

    /// The oldest error of this thread's queue, which is emptied: an error left behind would be blamed on a later call.
    static func last(_ doing: String) -> CryptographyError {
        let code = ERR_get_error()
        ERR_clear_error()
        return CryptographyError(doing: doing, code: code)
    }

    /// A refusal by a check of ours.
    static func refused(_ doing: String) -> CryptographyError {
        ERR_clear_error()
        return CryptographyError(doing: doing, code: 0)
    }
}

/// Turns OpenSSL's "1 is success" into a typed error.
func require(_ result: Int32, _ doing: String) throws(CryptographyError) {
    guard result == 1 else { throw .last(doing) }
}

/// Turns OpenSSL's "null is failure" into a typed error.
func require<T>(_ result: T?, _ doing: String) throws(CryptographyError) -> T {
    guard let result else { throw .last(doing) }
    return result
}
