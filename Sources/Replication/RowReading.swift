import Appeals
import CanonicalJSON
import Cryptography

/// Reads a row as it came from the office without building its tree: strict form, shape, columns.
enum RowReading {
    /// A line with `row`, `tenure` and its `seal` of a snapshot, a fetch or an `enter`; nil if it is anything else.
    static func row(line: ArraySlice<UInt8>) -> Row? {
        line.withUnsafeBufferPointer { bytes -> Row? in
            do { try CanonicalText.validate(bytes.span, limits: Limits.aggregate) } catch { return nil }
            let walker = JSONWalker(bytes)
            guard let range = walker.value(of: "row", in: walker.root),
                let place = walker.value(of: "tenure", in: walker.root),
                let tenure = walker.integer(at: place)
            else { return nil }
            var row = Scan(walker: walker).row(range, tenure: tenure)
            row?.seal = walker.value(of: "seal", in: walker.root).flatMap { walker.string(at: $0) } ?? ""
            return row
        }
    }

    /// Whether a line says that it is an `enter`; its form is still to be checked.
    static func isEnter(_ line: ArraySlice<UInt8>) -> Bool {
        line.withUnsafeBufferPointer { bytes in
            let walker = JSONWalker(bytes)
            return walker.value(of: "entry", in: walker.root).map { walker.holds($0, "\"enter\"") } ?? false
        }
    }

    private struct Scan {
        let walker: JSONWalker

        func row(_ range: Range<Int>, tenure: Int64) -> Row? {
            var id: String?
            var commit: Int64 = 0
            // The registers and open cases that the columns of a list need; all else is only checked for its shape.
            var listed: Appeals.Aggregate?
            var members = walker.members(of: range)
            while let member = members.next() {
                let key = walker.text(member.key)
                if key == "id" {
                    id = walker.string(at: member.value)
                    listed = listed ?? id.map { Appeals.Aggregate(id: $0) }
                    continue
                }
                guard Section(rawValue: key) != nil, walker.byte(member.value.lowerBound) == UInt8(ascii: "{") else {
                    return nil
                }
                var items = walker.members(of: member.value)
                while let item = items.next() {
                    guard let triple = triple(item.value) else { return nil }
                    commit = max(commit, triple.commit)
                }
            }
            guard let id, !id.isEmpty, id.utf8.count <= 256, var aggregate = listed else { return nil }
            fill(&aggregate, from: range)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(range.count)
            walker.copy(range, to: &bytes)
            return Row(
                key: id,
                bytes: bytes,
                digest: SHA256.hash(bytes),
                commit: commit,
                tenure: tenure,
                columns: RowColumns(aggregate)
            )
        }

        /// Reads `[value, write, commit]`.
        private func triple(_ range: Range<Int>) -> (value: Range<Int>, write: Range<Int>, commit: Int64)? {
            var parts = walker.elements(of: range)
            guard let value = parts.next(), let write = parts.next(),
                walker.byte(write.lowerBound) == UInt8(ascii: "\""),
                let last = parts.next(), let commit = walker.integer(at: last), parts.next() == nil
            else { return nil }
            return (value, write, commit)
        }

        private static let columns: Set<String> = [
            "index", "registeredOn", "due.statutory", "state", "role", "department", "mainExecutor", "control",
        ]

        private func fill(_ aggregate: inout Appeals.Aggregate, from range: Range<Int>) {
            var members = walker.members(of: range)
            while let member = members.next() {
                guard let section = Section(rawValue: walker.text(member.key)), section != .facts, section != .held
                else { continue }
                var items = walker.members(of: member.value)
                while let item = items.next() {
                    let name = walker.text(item.key)
                    if section == .registers, !Self.columns.contains(Names.bare(name)) { continue }
                    guard let triple = triple(item.value), let value = value(triple.value) else { continue }
                    aggregate[section, name] = Item(value: value, write: "", commit: triple.commit)
                }
            }
        }

        private func value(_ range: Range<Int>) -> JSON? {
            var bytes: [UInt8] = []
            walker.copy(range, to: &bytes)
            return try? JSON(parsing: bytes, limits: Limits.aggregate)
        }
    }
}
