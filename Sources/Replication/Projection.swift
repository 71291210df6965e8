import Appeals
import CanonicalJSON

/// The projected bytes of a row, copied span by span out of the stored canonical bytes: no tree is built.
///
/// Gives the same bytes as `View.project(_:).bytes`, which the simulator compares at the end of every run.
enum Projection {
    static func bytes(of row: Row, in view: View) throws -> [UInt8] {
        let projected = JSONWalker.walk(row.bytes.span) { walker in
            Copier(walker: walker, view: view).copy(size: row.bytes.count)
        }
        guard let projected else {
            throw StoreError(.corrupt, doing: "projecting the row \(row.key)", found: "it is no aggregate")
        }
        return projected
    }

    private struct Copier {
        let walker: JSONWalker
        let view: View

        func copy(size: Int) -> [UInt8]? {
            guard let registers = walker.value(of: "registers", in: walker.root) else { return nil }
            let own = ownAssignments(registers)
            var output: [UInt8] = []
            output.reserveCapacity(size)
            output.append(UInt8(ascii: "{"))
            var members = walker.members(of: walker.root)
            while let member = members.next() {
                let key = walker.text(member.key)
                if key == "id" {
                    separate(&output)
                    walker.copy(member.whole, to: &output)
                    continue
                }
                guard let section = Section(rawValue: key) else { return nil }
                copy(section, member, own, to: &output)
            }
            output.append(UInt8(ascii: "}"))
            return output
        }

        private func separate(_ output: inout [UInt8]) {
            if output.last != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
        }

        private func copy(_ section: Section, _ member: JSONWalker.Member, _ own: Set<String>, to output: inout [UInt8])
        {
            let start = output.count
            separate(&output)
            output.append(UInt8(ascii: "\""))
            walker.copy(member.key, to: &output)
            output += [UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "{")]
            let empty = output.count
            var items = walker.members(of: member.value)
            while let item = items.next() {
                guard view.shows(section, walker.text(item.key), write: "", own: own) else { continue }
                separate(&output)
                walker.copy(item.whole, to: &output)
            }
            if output.count == empty {
                output.removeSubrange(start...)
            } else {
                output.append(UInt8(ascii: "}"))
            }
        }

        /// The view's department's own assignments, from the registers `department@…`.
        private func ownAssignments(_ registers: Range<Int>) -> Set<String> {
            var own: Set<String> = []
            var items = walker.members(of: registers)
            let prefix = Array("department@".utf8)
            while let item = items.next() {
                guard item.key.count > prefix.count else { continue }
                let name = walker.text(item.key)
                guard name.hasPrefix("department@") else { continue }
                var parts = walker.elements(of: item.value)
                if let value = parts.next(), walker.string(at: value) == view.department {
                    own.insert(String(name.dropFirst(prefix.count)))
                }
            }
            return own
        }
    }
}
