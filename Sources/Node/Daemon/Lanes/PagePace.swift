/// Whether a lane asks its office for gzip: while its pages are slow, for as long as they would be without it.
struct PagePace: Equatable {
    /// A page that takes longer is slow, in milliseconds.
    static let slow: Int64 = 1_000

    private(set) var asksGzip = false

    /// A page of `bytes` arrived as `received` bytes after `milliseconds`.
    ///
    /// A compressed page is judged by what it would have taken as it is: else a slow line would be asked for every
    /// second page without gzip.
    mutating func arrived(after milliseconds: Int64, bytes: Int, received: Int) {
        let shrunk = Double(max(bytes, received, 1)) / Double(max(received, 1))
        asksGzip = Double(milliseconds) * shrunk > Double(Self.slow)
    }
}
