import Appeals
import CanonicalJSON
package import Replication

/// Why an appeal is not shown that was here: it left this department, or it was erased.
extension Desk {
    /// Why an appeal of this id is not here; `name` is what was typed.
    ///
    /// `appealLeft` with the day and with what became of the department's assignments, `appealErased` with who erased it, when
    /// and by which act; else `unknownAppeal`. None of them tells what it was about.
    package func gone(_ name: String, _ id: String, _ reading: any StoreReading) throws -> DeskError {
        if let at = try reading.erasedAt(id) { return try erased(name, id, at: at, reading) }
        guard let stub = try reading.stub(id) else { return Self.unknown(name) }
        let states = ListedAppeal(departed: stub).outcomes
        let day = KyivTime.moment(at: stub.at)?.date
        func told(_ language: Language) -> String {
            states.isEmpty ? "" : ": " + states.map { Wording.state($0).text(language) }.joined(separator: ", ")
        }
        return DeskError(
            .notFound,
            "appealLeft",
            uk: "звернення «\(name)» вибуло з підрозділу \(day?.ukrainianNumbers ?? "")\(told(.ukrainian))",
            en: "the appeal \"\(name)\" left this node's slice \(day?.description ?? "")\(told(.english))",
            remedy: .whatThereIs(.appealList)
        )
    }

    private func erased(_ name: String, _ id: String, at: Int64, _ reading: any StoreReading) throws -> DeskError {
        let day = KyivTime.moment(at: at)?.date
        var act: (who: String, ground: String)?
        try reading.eachOperation(appeal: id) { record in
            guard record.kind == "appeal.erased", record.status.map({ $0 <= .acceptedLate }) == true else { return }
            let told = ToldOperation(record)
            act = (try names(of: [told.user], reading).person(told.user), told.why)
        }
        let uk = act.map { "; стер \($0.who)" + ($0.ground.isEmpty ? "" : ", підстава: \($0.ground)") } ?? ""
        let en = act.map { " by \($0.who)" + ($0.ground.isEmpty ? "" : ", ground: \($0.ground)") } ?? ""
        // Until nothing of it is left on the disk it is being erased, and nobody says more.
        let isWiping = try reading.isWiping()
        let since = (uk: day?.ukrainianNumbers ?? "", en: day?.description ?? "")
        return DeskError(
            .notFound,
            "appealErased",
            uk: isWiping
                ? "дані звернення «\(name)» вилучено \(since.uk)\(uk); слова ще стираються з диска"
                : "дані звернення «\(name)» стерто \(since.uk)\(uk)",
            en: isWiping
                ? "the data of the appeal \"\(name)\" was removed \(since.en)\(en); words are still being erased from the disk"
                : "the data of the appeal \"\(name)\" was erased \(since.en)\(en)",
            remedy: Sentence(
                uk: "Хто що робив: \(.toDo(.appealHistory, ["appeal": id]))",
                en: "Who did what: \(.toDo(.appealHistory, ["appeal": id]))"
            )
        )
    }
}
