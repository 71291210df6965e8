import Appeals
import CanonicalJSON
import Desk
import Replication

/// `answer draft|approve|submit|accept|return|dispatch`.
extension Commands {
    static let answerDraft = Command(.answerDraft) { call in
        let words = call.text("text") ?? call.text("text-file") ?? ""
        guard !words.isEmpty else {
            throw DeskError.usage(
                "missingOption",
                uk: "бракує --text або --text-file",
                en: "--text or --text-file is missing"
            )
        }
        let answer = AnswerFields(
            text: words,
            isFinal: !call.flag("preliminary"),
            result: try call.code("result", IssueResult.self),
            issues: try call.issueResults()
        )
        return call.tell(
            try call.acting().draftAnswer(try call.target(), answer),
            uk: "Проєкт відповіді записано",
            en: "The answer is drafted",
            next: "kartoteka answer approve \(try call.required("appeal")) --as …"
        )
    }

    static let answerApprove = Command(.answerApprove) { call in
        call.tell(
            try call.acting().approveAnswer(try call.target(), version: call.text("version")),
            uk: "Відповідь погоджено",
            en: "The answer is approved",
            next: "kartoteka answer submit \(try call.required("appeal")) --as …"
        )
    }

    static let answerSubmit = Command(.answerSubmit) { call in
        call.tell(
            try call.acting().submitAnswer(try call.target(), version: call.text("version")),
            uk: "Відповідь подано",
            en: "The answer is submitted"
        )
    }

    static let answerAccept = Command(.answerAccept) { call in
        call.tell(
            try call.acting().acceptAnswer(try call.target(), version: call.text("version")),
            uk: "Відповідь прийнято",
            en: "The answer is accepted",
            next: "kartoteka appeal show \(try call.required("appeal"))"
        )
    }

    static let answerReturn = Command(.answerReturn) { call in
        call.tell(
            try call.acting().returnAnswer(
                try call.target(),
                version: call.text("version"),
                reason: try call.required("reason")
            ),
            uk: "Відповідь повернуто на доопрацювання",
            en: "The answer is returned"
        )
    }

    static let answerDispatch = Command(.answerDispatch) { call in
        try call.checkAppeal()
        let dispatch = DispatchFields(
            to: try call.required("to"),
            by: try call.requiredCode("by", ReplyPreference.self),
            number: call.text("number"),
            date: try call.date("date")
        )
        return call.tell(
            try call.acting().dispatchAnswer(try call.target(), version: call.text("version"), dispatch),
            uk: "Надсилання записано",
            en: "The dispatch is recorded"
        )
    }
}

extension Call {
    /// `--issue-result N=CODE`, each.
    fileprivate func issueResults() throws(DeskError) -> [(issue: String, result: IssueResult)] {
        var results: [(issue: String, result: IssueResult)] = []
        for text in list("issue-result") {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let result = IssueResult(rawValue: parts[1]) else {
                let known = IssueResult.allCases.map(\.rawValue).joined(separator: ", ")
                throw .usage(
                    "unknownCode",
                    uk: "--issue-result «\(text)»: потрібно N=КОД, код — одне з \(known)",
                    en: "--issue-result \"\(text)\": N=CODE, one of \(known)"
                )
            }
            results.append((parts[0], result))
        }
        return results
    }
}
