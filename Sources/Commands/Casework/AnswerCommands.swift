import Appeals
import CanonicalJSON
import Desk
import Replication

/// `answer draft|approve|submit|accept|return|dispatch`.
extension Commands {
    private static let versionOption = CommandOption.text(
        "version",
        "VERSION",
        uk: "редакція відповіді (типово чинна або остання)",
        en: "the version of the answer (in force, or the last)"
    )

    static let answerDraft = Command(
        "answer draft",
        uk: "Записати проєкт відповіді",
        en: "Draft an answer",
        operands: [.appeal],
        options: [
            .actor, .assignment, .text("text", "TEXT", uk: "текст відповіді", en: "the words of the answer"),
            .contents("text-file", uk: "файл із текстом відповіді", en: "a file with the words of the answer"),
            .flag(
                "preliminary",
                uk: "проміжна, а не остаточна відповідь",
                en: "a preliminary answer, not the final one"
            ),
            .text(
                "result",
                "CODE",
                uk: "результат: satisfied, refused, explained, returned, forwarded, notConsidered",
                en: "satisfied, refused, explained, returned, forwarded or notConsidered"
            ),
            .list("issue-result", "N=CODE", uk: "результат окремого питання", en: "the result of one issue"),
        ],
        example: "kartoteka answer draft К-101 --as sydor --result satisfied --text \"Водопостачання відновлено 14.05\""
    ) { call in
        let words = (call.text("text") ?? call.text("text-file") ?? "").trimmed
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
            next: "kartoteka answer approve …"
        )
    }

    static let answerApprove = Command(
        "answer approve",
        uk: "Погодити відповідь (керівник)",
        en: "Approve an answer (the head)",
        operands: [.appeal],
        options: [.actor, .assignment, versionOption],
        example: "kartoteka answer approve К-101 --as petrenko"
    ) { call in
        call.tell(
            try call.acting().approveAnswer(try call.target(), version: call.text("version")),
            uk: "Відповідь погоджено",
            en: "The answer is approved",
            next: "kartoteka answer submit …"
        )
    }

    static let answerSubmit = Command(
        "answer submit",
        uk: "Подати відповідь на перевірку",
        en: "Submit an answer",
        operands: [.appeal],
        options: [.actor, .assignment, versionOption],
        example: "kartoteka answer submit К-101 --as sydor"
    ) { call in
        call.tell(
            try call.acting().submitAnswer(try call.target(), version: call.text("version")),
            uk: "Відповідь подано",
            en: "The answer is submitted"
        )
    }

    static let answerAccept = Command(
        "answer accept",
        uk: "Прийняти відповідь (Центр)",
        en: "Accept an answer (the office)",
        operands: [.appeal],
        options: [.actor, .assignment, versionOption],
        example: "kartoteka answer accept К-101 --as koval --assignment zhkg"
    ) { call in
        call.tell(
            try call.acting().acceptAnswer(try call.target(), version: call.text("version")),
            uk: "Відповідь прийнято",
            en: "The answer is accepted",
            next: "kartoteka control remove …"
        )
    }

    static let answerReturn = Command(
        "answer return",
        uk: "Повернути відповідь на доопрацювання",
        en: "Return an answer for rework",
        operands: [.appeal],
        options: [
            .actor, .assignment, versionOption,
            .required("reason", "TEXT", uk: "що доопрацювати", en: "what to rework"),
        ],
        example: "kartoteka answer return К-101 --as koval --reason \"Немає дати робіт\""
    ) { call in
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

    static let answerDispatch = Command(
        "answer dispatch",
        uk: "Записати надсилання відповіді",
        en: "Record the dispatch of an answer",
        operands: [.appeal],
        options: [
            .actor, .assignment, versionOption,
            .required("to", "WHOM", uk: "applicant (заявнику) або committee (виконкому)", en: "applicant or committee"),
            .required("by", "CODE", uk: "phone, email або paper", en: "phone, email or paper"),
            .text("number", "TEXT", uk: "вихідний номер", en: "the outgoing number"),
            .text("date", "DATE", uk: "коли надіслано (типово сьогодні)", en: "when (today if not given)"),
        ],
        example: "kartoteka answer dispatch К-101 --as sydor --to applicant --by email --number 12/345"
    ) { call in
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
