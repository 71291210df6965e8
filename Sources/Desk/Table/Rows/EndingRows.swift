import Appeals

/// How an appeal ends without a department: each act by a leader's decision.
extension UseCase {
    static let ofEndings: [UseCase] = [
        appealForward, appealReturn, appealDismiss, appealWithdraw, appealExplain, appealConclude,
    ]

    package static let appealForward = UseCase(
        "appeal forward",
        uk: "Надіслати звернення за належністю (ст. 7)",
        en: "Forward an appeal to whom it belongs (Art. 7)",
        writes: .acts("appeal.forwarded"),
        operands: [.appeal],
        options: [
            .actor, .decider,
            .required("to", "TEXT", .string, into: "to", uk: "якому органу чи кому", en: "to which body, or to whom"),
            .optional("number", "TEXT", .string, into: "number", uk: "вихідний номер листа", en: "the letter's number"),
            .dayOfEnding,
        ],
        example: ["appeal": "К-101", "as": "koval", "author": "vilkul", "to": "АТ «Криворіжгаз»", "number": "12/3"]
    )

    package static let appealReturn = UseCase(
        "appeal return",
        uk: "Повернути звернення заявнику з роз'ясненням (ст. 5, 7)",
        en: "Return an appeal to its author with an explanation (Art. 5, 7)",
        writes: .acts("appeal.returned"),
        operands: [.appeal],
        options: [.actor, .decider, .reason, .dayOfEnding],
        example: [
            "appeal": "К-101", "as": "koval", "author": "vilkul", "reason": "Немає відомостей про місце проживання",
        ]
    )

    package static let appealDismiss = UseCase(
        "appeal dismiss",
        uk: "Залишити звернення без розгляду (ст. 8, 17)",
        en: "Leave an appeal without consideration (Art. 8, 17)",
        writes: .acts("appeal.notConsidered"),
        operands: [.appeal],
        options: [
            .actor, .decider,
            .required(
                "ground",
                "CODE",
                .code(.grounds),
                into: "ground",
                uk: "підстава за законом",
                en: "the ground in law"
            ),
            .reason, .dayOfEnding,
        ],
        example: [
            "appeal": "К-101", "as": "koval", "author": "vilkul", "ground": "repeated",
            "reason": "Відповідь від 12.05.2026 № 12/3",
        ]
    )

    package static let appealWithdraw = UseCase(
        "appeal withdraw",
        uk: "Завершити звернення, яке заявник відкликав",
        en: "End an appeal that its author took back",
        writes: .acts("appeal.withdrawn"),
        operands: [.appeal],
        options: [.actor, .decider, .reason, .dayOfEnding],
        example: ["appeal": "К-101", "as": "koval", "author": "vilkul", "reason": "Заява заявника від 14.05.2026"]
    )

    package static let appealExplain = UseCase(
        "appeal explain",
        uk: "Завершити звернення роз'ясненням або подякою",
        en: "End an appeal with an explanation or with thanks",
        writes: .acts("appeal.explained"),
        operands: [.appeal],
        options: [
            .actor, .decider,
            .required("by", "CODE", .code(.replies), into: "by", uk: "як роз'яснено", en: "how it was explained"),
            .required("text", "TEXT", .words, into: "text", uk: "що роз'яснено", en: "what was explained"),
            .dayOfEnding,
        ],
        example: [
            "appeal": "К-101", "as": "koval", "author": "vilkul", "by": "phone",
            "text": "Субсидію призначає управління соціального захисту",
        ]
    )

    package static let appealConclude = UseCase(
        "appeal conclude",
        uk: "Завершити звернення, яке вже вирішено за іншим реєстром",
        en: "End an appeal that is over by another register",
        writes: .acts("appeal.concluded"),
        operands: [.appeal],
        options: [
            .actor, .decider,
            .required(
                "register",
                "TEXT",
                .string,
                into: "register",
                uk: "за яким реєстром чи журналом",
                en: "by which register or journal"
            ),
            .optional(
                "result",
                "CODE",
                .code(.results),
                into: "result",
                uk: "з яким результатом",
                en: "with which result"
            ),
            .dayOfEnding,
        ],
        example: [
            "appeal": "К-101", "as": "koval", "author": "vilkul", "register": "журнал 2025 року", "result": "satisfied",
            "date": "2025-06-02",
        ]
    )
}

extension UseCase.Input {
    fileprivate static let dayOfEnding = optional(
        "date",
        "DATE",
        .date,
        into: "date",
        uk: "коли повідомлено заявника (типово сьогодні)",
        en: "when the applicant was told (today if not given)"
    )
}
