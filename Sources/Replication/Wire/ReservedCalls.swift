/// Calls that later versions will have: no node gives these names another meaning meanwhile.
enum ReservedCalls {
    static let names: Set<String> = ["blobs", "checkpoints", "views", "capsule"]

    /// Whether a path is a reserved call, or lies below one.
    static func holds(_ path: String) -> Bool {
        guard path.hasPrefix(ProtocolCall.prefix) else { return false }
        let name = path.dropFirst(ProtocolCall.prefix.count).split(separator: "/", omittingEmptySubsequences: false)
            .first
        return name.map { names.contains(String($0)) } ?? false
    }
}

extension Office {
    /// 404 `unknownCall`; a call that a later version will have says which (protocol.md "Reserved calls").
    func unknownCall(_ request: WireRequest) -> Handling {
        let call = "\(request.method) \(request.path)"
        let found =
            ReservedCalls.holds(request.path)
            ? "\(call) is reserved for a later version" : "\(call) is not a call of version 1"
        return .reply(.refusal(404, .unknownCall, found), changed: [])
    }
}
