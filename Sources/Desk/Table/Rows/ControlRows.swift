import Appeals

/// The term, the control, and what waits for a decision.
extension UseCase {
    static let ofControl: [UseCase] = [
        termExtend, receiptCorrect, controlPut, controlRemove, controlReturn, heldAdopt, heldDecline, conflictList,
        conflictShow,
        conflictSettle,
    ]

    package static let termExtend = UseCase(
        "term extend",
        uk: "Продовжити строк (не далі 45 днів)",
        en: "Extend the term (up to 45 days)",
        writes: .acts("term.extended"),
        operands: [.appeal],
        options: [
            .actor, .required("to", "DATE", .date, into: "statutory", uk: "новий строк", en: "the new due date"),
            .reason, .required("by", "USER", .person, uk: "хто вирішив", en: "who decided"),
            .optional(
                "decided",
                "DATE",
                .date,
                into: "decidedOn",
                uk: "коли вирішено (типово сьогодні)",
                en: "when it was decided (today if not given)"
            ),
        ],
        example: [
            "appeal": "К-101", "as": "koval", "by": "vilkul", "to": "2026-05-28", "reason": "Потрібне обстеження",
        ]
    )

    package static let receiptCorrect = UseCase(
        "receipt correct",
        uk: "Виправити дату надходження й перерахувати строк",
        en: "Correct the date of receipt and count the term anew",
        writes: .acts("receipt.corrected"),
        operands: [.appeal],
        options: [
            .actor,
            .required(
                "received",
                "TIME",
                .moment,
                into: "receivedAt",
                uk: "коли надійшло насправді: 2026-05-14T09:30:00",
                en: "when it came indeed: 2026-05-14T09:30:00"
            ), .ground,
            .optional(
                "basis",
                "CODE",
                .basis,
                uk: "за чим рахувати строк (типово той самий)",
                en: "what to count the term by (the same if not given)"
            ),
        ],
        example: [
            "appeal": "К-101", "as": "koval", "received": "2026-05-13T16:40:00",
            "reason": "Штамп на конверті 13.05.2026",
        ]
    )

    package static let controlPut = UseCase(
        "control put",
        uk: "Поставити звернення на контроль",
        en: "Put an appeal on control",
        writes: .acts("control.put"),
        operands: [.appeal],
        options: [.actor, .decider, .reason],
        example: ["appeal": "К-101", "as": "koval", "author": "vilkul", "reason": "За дорученням міського голови"]
    )

    package static let controlReturn = UseCase(
        "control return",
        uk: "Повернути звернення на контроль",
        en: "Return an appeal to control",
        writes: .acts("control.returned"),
        operands: [.appeal],
        options: [.actor, .decider, .reason],
        example: ["appeal": "К-101", "as": "koval", "author": "vilkul", "reason": "Заявник повідомив, що не зроблено"]
    )

    package static let controlRemove = UseCase(
        "control remove",
        uk: "Зняти звернення з контролю",
        en: "Remove an appeal from control",
        writes: .acts("control.removed"),
        operands: [.appeal],
        options: [
            .actor, .decider,
            .required("basis", "TEXT", .string, into: "basis", uk: "підстава", en: "the ground"),
        ],
        example: ["appeal": "К-101", "as": "koval", "author": "vilkul", "basis": "Питання вирішено"]
    )

    package static let heldAdopt = UseCase(
        "held adopt",
        uk: "Прийняти роботу, що очікує рішення",
        en: "Adopt work that waits",
        writes: .acts("held.adopted"),
        operands: [.appeal],
        options: [.actor, .held, .optionalReason],
        example: ["appeal": "К-101", "as": "koval", "reason": "Перевірено"]
    )

    package static let heldDecline = UseCase(
        "held decline",
        uk: "Відхилити роботу, що очікує рішення",
        en: "Decline work that waits",
        writes: .acts("held.declined"),
        operands: [.appeal],
        options: [.actor, .held, .reason],
        example: ["appeal": "К-101", "as": "koval", "reason": "Відповідає новий виконавець"]
    )

    package static let conflictList = UseCase(
        "conflict list",
        uk: "Показати все, що чекає рішення",
        en: "List everything that waits for a decision",
        writes: .reads,
        options: [
            .optional("appeal", "APPEAL", .appeal, uk: "лише одного звернення", en: "of one appeal only"), .reader,
            .limit, .after,
        ],
        example: [:]
    )

    package static let conflictShow = UseCase(
        "conflict show",
        uk: "Показати одну розбіжність",
        en: "Show one case",
        writes: .reads,
        operands: [.disagreement],
        options: [.reader],
        example: ["case": "К-101.7be21f"]
    )

    package static let conflictSettle = UseCase(
        "conflict settle",
        uk: "Вирішити розбіжність",
        en: "Settle a case",
        writes: .acts("conflict.settled", "disagreement.settled", "held.adopted", "held.declined"),
        operands: [.disagreement],
        options: [
            .actor,
            .required(
                "choose",
                "CHOICE",
                .code(.choices),
                uk: "один із варіантів, що їх показує \(.named(.conflictShow))",
                en: "one of the choices that \(.named(.conflictShow)) gives"
            ), .optionalReason,
        ],
        example: ["case": "К-101.7be21f", "as": "koval", "choose": "acceptFormer", "reason": "Роботи вже виконано"]
    )
}

extension UseCase.Input {
    fileprivate static let disagreement = required(
        "case",
        "CASE",
        .disagreement,
        uk: "розбіжність, як її назвав \(.named(.conflictList))",
        en: "the case, as \(.named(.conflictList)) names it"
    )
    fileprivate static let held = optional("held", "WRITE", .write, uk: "яку саме дію", en: "which operation")
}
