import Appeals
import Desk

/// All places of forms; pages of their own before those that are made of the table alone.
enum FormPages {
    static let routes =
        ResolutionPage.routes + AnswerPage.routes + DispatchPage.routes + ActPages.routes + RegisterPage.routes
        + SelectedPages.routes + DelayedActs.routes + Drafts.routes + CasePages.routes
}

/// What every form carries besides its fields: what it was based on, and under which name it is done once.
struct FormCarried {
    let shown: String
    let command: String
}

/// Pages with a form, and those that stand in its place.
extension WebCall {
    /// A page with a form: its errors first, in the title too; `here` is the place in the rail that is open.
    func formPage(
        _ title: String,
        _ form: ActForm,
        on material: FormMaterial?,
        draft: Draft? = nil,
        here: String? = nil,
        @MarkupBuilder _ main: () throws -> Markup
    ) throws -> WebReply {
        let markup = try main()
        let begin = form.hasErrors ? say("Помилка: ", "Error: ") : ""
        return page(begin + title, status: form.hasErrors ? 422 : 200, here: here) {
            summary(form, appeal: material?.card.id)
            doneBanner()
            material.map { changeMark($0.card.id, $0.revision, ActPlace.card($0.card.id), isForm: true) }
            draftBanner(draft)
            markup
        }
    }

    /// A form that acts for the session of the page, once, on the ground of what it showed.
    ///
    /// - Parameter draft: under which name the node keeps what is typed until it is sent.
    func sending(
        _ classes: String,
        _ carried: FormCarried,
        draft: String,
        action: String? = nil,
        @MarkupBuilder _ content: () throws -> Markup
    ) rethrows -> Markup {
        let content = try content()
        let place = action ?? request.path
        return tag(
            "form",
            [
                "class": classes, "method": "post", "action": place, "data-session": "", "data-draft": draft,
                "data-longest": String(FormBody.longest),
            ]
        ) {
            sessionField
            hidden("shown", carried.shown)
            hidden("command", carried.command)
            content
        }
    }

    /// A button that acts at once, in a form of its own.
    func button(_ words: String, at place: String) -> Markup {
        tag("form", ["method": "post", "action": place, "data-session": ""]) {
            sessionField
            tag("button", ["class": "btn btn-s"]) { words }
        }
    }

    /// A page of one sentence.
    func message(_ status: Int, _ words: String) throws -> WebReply {
        page(words, status: status) { tag("h1") { words } }
    }

    /// No such place.
    func noSuchPage() throws -> WebReply {
        try message(404, say("Такої сторінки немає", "There is no such page"))
    }

    /// A body that no form of this site sends.
    func unreadable() throws -> WebReply {
        let title = say("Форму не прочитано", "The form cannot be read")
        return page(title, status: 400) {
            tag("h1") { title }
            tag("p") {
                say(
                    "Поверніться на сторінку й спробуйте ще раз. Нічого не змінено.",
                    "Go back to the page and try again. Nothing was changed."
                )
            }
        }
    }

    /// A card that is not here, or not for whoever asks: it says where it went.
    func notHere(_ error: any Error) throws -> WebReply {
        refusalPage(DeskError(error))
    }
}
