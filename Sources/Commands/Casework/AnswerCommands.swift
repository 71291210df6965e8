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
        let states = AssignmentState.working.union([.submitted])
        return try call.actOnAssignment(
            "answer.drafted",
            in: states,
            done: Label(uk: "Проєкт відповіді записано", en: "The answer is drafted"),
            next: "kartoteka answer approve …",
            personal: ["text": .string(words)]
        ) { body, appeal, _ in
            body["final"] = .bool(!call.flag("preliminary"))
            body["result"] = (try call.code("result", IssueResult.self)?.rawValue).map(JSON.string)
            let results = try call.issueResults(appeal)
            if !results.isEmpty { body["results"] = ["issues": .array(results)] }
        }
    }

    static let answerApprove = Command(
        "answer approve",
        uk: "Погодити відповідь (керівник)",
        en: "Approve an answer (the head)",
        operands: [.appeal],
        options: [.actor, .assignment, versionOption],
        example: "kartoteka answer approve К-101 --as petrenko"
    ) { call in
        try call.actOnAnswer(
            "answer.approved",
            in: AssignmentState.working,
            approvedFirst: false,
            done: Label(uk: "Відповідь погоджено", en: "The answer is approved"),
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
        try call.actOnAnswer(
            "answer.submitted",
            in: [.accepted, .returned],
            approvedFirst: true,
            done: Label(uk: "Відповідь подано", en: "The answer is submitted")
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
        try call.actOnAnswer(
            "answer.accepted",
            in: [.submitted],
            approvedFirst: true,
            done: Label(uk: "Відповідь прийнято", en: "The answer is accepted"),
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
        try call.actOnAnswer(
            "answer.returned",
            in: [.submitted],
            approvedFirst: true,
            done: Label(uk: "Відповідь повернуто на доопрацювання", en: "The answer is returned")
        ) { body in body["reason"] = .string(try call.required("reason")) }
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
        let states = Set(AssignmentState.allCases)
        return try call.actOnAnswer(
            "answer.dispatched",
            in: states,
            approvedFirst: true,
            done: Label(uk: "Надсилання записано", en: "The dispatch is recorded")
        ) { body in
            body["to"] = .string(try call.required("to"))
            body["by"] = (try call.code("by", ReplyPreference.self)?.rawValue).map(JSON.string)
            body["number"] = call.text("number").map(JSON.string)
            body["date"] = .string((try call.date("date") ?? call.today).description)
        }
    }
}

extension Call {
    fileprivate func actOnAnswer(
        _ kind: String,
        in states: Set<AssignmentState>,
        approvedFirst: Bool,
        done: Label,
        next: String = "",
        _ fill: (inout JSONObject) throws -> Void = { _ in }
    ) throws -> CommandResult {
        try actOnAssignment(kind, in: states, done: done, next: next) { body, appeal, assignment in
            // Of an appeal that left nothing is here to look the version up in: it is taken as named.
            let isHere = !appeal.isEmpty
            let version =
                isHere ? try version(of: appeal, assignment, approvedFirst: approvedFirst) : try required("version")
            body["version"] = .string(version)
            try fill(&body)
        }
    }

    fileprivate func issueResults(_ appeal: Aggregate) throws(DeskError) -> [JSON] {
        var results: [JSON] = []
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
            results.append(["issue": .string(try issue(parts[0], of: appeal)), "result": .string(result.rawValue)])
        }
        return results
    }
}
