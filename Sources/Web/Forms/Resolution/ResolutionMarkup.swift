import Appeals
import Desk

/// The fields of a resolution.
extension WebCall {
    func fields(_ form: ResolutionForm, _ material: FormMaterial) -> Markup {
        func field(_ name: String) -> Markup { form.form[name].map { markup($0) } ?? Markup() }
        return Markup([
            field("author"), field("text"), executors(form, material), field("term"), replaced(form, material),
            tag("label", ["class": "ck"]) {
                tag(
                    "input",
                    ["type": "checkbox", "name": "control", "value": "true", "checked": form.isOnControl ? "" : nil]
                )
                " " + say("Поставити на контроль", "Put on control")
            }, lockNotes(form, material),
            tag("details") {
                tag("summary") {
                    say(
                        "Рідше потрібне: інший строк звернення, підстава заміщення",
                        "Seldom needed: another term, the ground of a substitution"
                    )
                }
                tag("div", ["class": "stack"]) {
                    field("basis")
                    field(FormBasis.detailName)
                    field("substitution")
                }
            },
            tag("div", ["class": "row far"]) {
                tag("a", ["class": "btn", "href": ActPlace.card(material.card.id)]) { say("Пізніше", "Later") }
                confirmation(form.form.row, material) {
                    tag("button", ["class": "btn btn-act", "name": "do", "value": "next", "data-confirm": ""]) {
                        say("Підписати й узяти наступну", "Sign and take the next one") + " "
                        tag("kbd") { "Ctrl Enter" }
                    }
                }
            },
        ])
    }

    private func executors(_ form: ResolutionForm, _ material: FormMaterial) -> Markup {
        tag("fieldset", ["class": "tight"]) {
            tag("legend") { say("Виконавці", "Executors") }
            form.executors.rows.enumerated().map { place, row in
                executor(row, place + 1, form, material)
            }
            tag("p") {
                tag("button", ["class": "btn btn-s", "name": "do", "value": "row", "data-key": "KeyA"]) {
                    say("Ще один виконавець", "One more executor")
                }
            }
        }
    }

    private func executor(
        _ row: Executors.Row,
        _ number: Int,
        _ form: ResolutionForm,
        _ material: FormMaterial
    ) -> Markup {
        func fault(_ field: String) -> String? {
            form.fault.flatMap { $0.row + 1 == number && $0.field == field ? say($0.words) : nil }
        }
        let id = "f-department.\(number)", error = fault("department")
        return tag("div", ["class": "grid"]) {
            tag("div", ["class": error == nil ? "f c5" : "f err c5"]) {
                tag("label", ["for": id]) { say("Виконавець \(number)", "Executor \(number)") }
                error.map { words in tag("p", ["class": "msg", "id": id + "-msg"]) { words } }
                tag(
                    "select",
                    [
                        "id": id, "name": "department.\(number)", "aria-invalid": error == nil ? nil : "true",
                        "aria-describedby": error == nil ? nil : id + "-msg",
                    ]
                ) {
                    tag("option", ["value": ""]) { say("– немає –", "– none –") }
                    material.departments.map { department in self.department(department, row, form) }
                }
            }
            tag("div", ["class": "f c3"]) {
                tag("label", ["for": "f-role.\(number)"]) { say("Роль", "Role") }
                tag("select", ["id": "f-role.\(number)", "name": "role.\(number)"]) {
                    Executors.roles.map { option($0, say(Wording.role($0)).capitalizedFirst, row.role) }
                }
            }
            term(row.term, number, fault("term"))
            issues(row, number, material)
        }
    }

    /// Until when, where it is another day than that of all.
    private func term(_ typed: String, _ number: Int, _ error: String?) -> Markup {
        let id = "f-term.\(number)"
        return tag("div", ["class": error == nil ? "f c4" : "f err c4"]) {
            tag("label", ["for": id]) {
                say("Інший строк", "Another term") + " "
                tag("span", ["class": "soft"]) { say("(необов’язково)", "(optional)") }
            }
            error.map { words in tag("p", ["class": "msg", "id": id + "-msg"]) { words } }
            tag(
                "input",
                [
                    "id": id, "name": "term.\(number)", "value": typed, "autocomplete": "off",
                    "aria-invalid": error == nil ? nil : "true",
                    "aria-describedby": error == nil ? nil : id + "-msg",
                ]
            )
        }
    }

    private func department(_ department: FormChoice, _ row: Executors.Row, _ form: ResolutionForm) -> Markup {
        let isLocked = form.locked.contains(department.value)
        return tag(
            "option",
            [
                "value": department.value, "selected": department.value == row.department ? "" : nil,
                "disabled": isLocked ? "" : nil,
            ]
        ) { department.label + (isLocked ? say(" – на нього скаржаться", " – the complaint is about it") : "") }
    }

    /// Which issues it gets (all, if none is ticked); a card with one issue does not ask.
    private func issues(_ row: Executors.Row, _ number: Int, _ material: FormMaterial) -> Markup {
        guard material.card.issues.count > 1 else { return Markup() }
        return tag("fieldset", ["class": "f c12"]) {
            tag("legend") { say("Питання (усі, якщо не вибрано)", "Issues (all, if none is chosen)") }
            tag("div", ["class": "row"]) {
                material.card.issues.map { issue in
                    let value = String(issue.number)
                    return tag("label", ["class": "ck"]) {
                        tag(
                            "input",
                            [
                                "type": "checkbox", "name": "issues.\(number)", "value": value,
                                "checked": row.issues.contains(value) ? "" : nil,
                            ]
                        )
                        " " + value
                    }
                }
            }
        }
    }

    /// Assignments in force, which a new resolution may replace.
    private func replaced(_ form: ResolutionForm, _ material: FormMaterial) -> Markup {
        let standing = material.card.assignments.filter {
            $0.assignment.state?.isGround == true && $0.assignment.state != .done
        }
        guard !standing.isEmpty else { return Markup() }
        return tag("fieldset", ["class": "tight"]) {
            tag("legend") { say("Замінює доручення (необов’язково)", "Replaces assignments (optional)") }
            standing.map { given in
                tag("label", ["class": "ck"]) {
                    tag(
                        "input",
                        [
                            "type": "checkbox", "name": "supersedes", "value": given.assignment.entity,
                            "checked": form.replaced.contains(given.assignment.entity) ? "" : nil,
                        ]
                    )
                    " \(given.departmentName), \(say(Wording.role(given.assignment.role)))"
                }
            }
        }
    }

    /// Why a department cannot be chosen.
    private func lockNotes(_ form: ResolutionForm, _ material: FormMaterial) -> Markup {
        Markup(
            material.departments.filter { form.locked.contains($0.value) }.map { department in
                tag("div", ["class": "note note-red"]) {
                    tag("div") {
                        tag("b") {
                            say("\(department.label): додати не можна.", "\(department.label) cannot be added.")
                        }
                        " "
                            + say(
                                "На нього скаржаться (ст. 7 Закону). Картка на його вузол не передаватиметься.",
                                "The complaint is about it (Art. 7 of the Law). The card does not go to its node."
                            )
                    }
                }
            }
        )
    }
}
