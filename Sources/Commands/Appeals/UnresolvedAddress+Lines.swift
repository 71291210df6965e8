import Appeals
import CanonicalJSON
import Desk

extension Call {
    /// How many streets are offered for a choice.
    private static let mostCandidates = 8

    /// Says which addresses of an act are not resolved, and for each the whole command that resolves it.
    func tell(_ addresses: [UnresolvedAddress], of appeal: String, in report: inout ActReport) {
        guard !addresses.isEmpty else { return }
        report.members["unresolvedAddresses"] = .array(
            addresses.map { address in
                [
                    "field": .string(address.field), "typed": .string(address.typed),
                    "streets": .array(address.candidates.map { .string($0.id) }),
                ]
            }
        )
        for address in addresses {
            let typed = "«\(address.typed)»"
            guard !address.candidates.isEmpty else {
                report.lines += [
                    say("Увага: адресу не розпізнано: ", "Note: the address is not resolved: ") + typed,
                    say("Які вулиці є: ", "Which streets there are: ") + "kartoteka street list",
                ]
                continue
            }
            report.lines.append(
                say(
                    "Увага: адресу не розпізнано, скажіть, яка це вулиця: ",
                    "Note: the address is not resolved, say which street it is: "
                ) + typed
            )
            report.lines += address.candidates.prefix(Self.mostCandidates).map { street in
                let district = street.district.map { " (\($0))" } ?? ""
                return "  \(street.title)\(district): " + choosing(street.id, address, of: appeal)
            }
            let more = address.candidates.count - Self.mostCandidates
            if more > 0 {
                report.lines.append(say("  та ще \(more): ", "  and \(more) more: ") + "kartoteka street list")
            }
        }
    }

    private func choosing(_ street: String, _ address: UnresolvedAddress, of appeal: String) -> String {
        let value = "\(address.field)=\(address.typed) #\(street)"
        return "kartoteka appeal correct \(appeal) --as … --set \(quoted(value))"
    }

    /// As one word of a shell.
    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
