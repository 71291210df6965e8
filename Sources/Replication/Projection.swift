import Appeals
import CanonicalJSON

/// The projected bytes of a row.
enum Projection {
    static func bytes(of row: Row, in view: View) throws -> [UInt8] { view.project(try row.aggregate()).bytes }
}
