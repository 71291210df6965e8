import CanonicalJSON

/// Whose answer says what became of an issue (R9, R13; C6, C20).
extension Aggregate {
    /// The issues that an assignment was given by name.
    private func given(_ assignment: String) -> [String] {
        register("issues@" + assignment)?.array?.compactMap(\.string) ?? []
    }

    /// The standing co-executors' assignments.
    private var openCos: [String] { entities(with: "role", being: "co").filter(isGround) }

    /// The issues of which a final answer must say what became of them.
    ///
    /// A co-executor's are those that it was given by name; the main executor's all that no standing co-executor was given,
    /// and its own.
    package func issues(of assignment: String) -> [String] {
        let (all, own) = (entities(with: "issue"), given(assignment))
        guard register("role@" + assignment)?.string == "main" else { return all.filter(own.contains) }
        let ofOthers = openCos.flatMap(given)
        return all.filter { own.contains($0) || !ofOthers.contains($0) }
    }

    /// The issues whose results come of an accepted answer: of a main executor's all that it speaks of, but for those that a
    /// co-executor has answered that was given them.
    ///
    /// So it does not matter which of the two answers is accepted first, or whether the co-executor is recalled meanwhile.
    func issuesSettled(by assignment: String) -> [String] {
        guard register("role@" + assignment)?.string == "main" else { return issues(of: assignment) }
        let answered = openCos.filter { state(of: $0) == .done }.flatMap(given)
        return entities(with: "issue").filter { !answered.contains($0) }
    }
}

extension KindContext {
    /// Whether a version says that it is the final one.
    func isFinal(_ version: Item) -> Bool { version.value["final"]?.bool == true }

    /// What a version says of an issue: by name, else as a whole.
    func results(of version: Item) -> (_ issue: String) -> JSON? {
        let named = (version.value["results"]?["issues"]?.array ?? []).compactMap { entry -> (String, JSON)? in
            guard let issue = entry["issue"]?.string, let result = entry["result"] else { return nil }
            return (issue, result)
        }
        let byIssue = Dictionary(named, uniquingKeysWith: { first, _ in first })
        let whole = version.value["result"]
        return { byIssue[$0] ?? whole }
    }

    /// A final answer says what became of each issue that it is to answer; a preliminary one need not.
    func requireResults(of version: Item) throws(Refusal) {
        guard isFinal(version) else { return }
        let results = results(of: version)
        for issue in appeal.issues(of: assignment) where results(issue) == nil {
            throw Refusal(.resultMissing, path: "result@" + issue)
        }
    }

    /// A version names no issue that is another's to answer.
    func requireOwnIssues() throws(Refusal) {
        let own = appeal.issues(of: assignment)
        for entry in body["results"]?["issues"]?.array ?? [] {
            let issue = entry["issue"]?.string ?? ""
            guard appeal[.registers, "issue@" + issue] != nil else { throw Refusal(.unknownIssue, path: issue) }
            guard own.contains(issue) else { throw Refusal(.issueOfAnother, path: issue) }
        }
    }

    /// Nothing is given to anybody, or asked again, of an appeal that is off control.
    func requireNotRemoved() throws(Refusal) {
        if text("control") == "removed" { throw Refusal(.offControl, path: "control") }
    }
}
