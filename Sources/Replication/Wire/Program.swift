/// What this program is: its version and licence stand here alone.
///
/// `kartoteka version`, the scripts of `deploy` and the tests of the house read them here. What raises which number stands at
/// the top of `deploy/CHANGES.md`.
public enum Program {
    /// The version of the release that this tree becomes.
    public static let version = "0.3.0"
    /// The licence by its SPDX identifier; its text is `deploy/copyright`.
    public static let licence = "EUPL-1.2"
}
