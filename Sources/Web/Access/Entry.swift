import Desk

/// Who is let in where.
extension WebCall {
    /// Why the request is not answered by its route; nil if it is.
    func refusedEntry(of route: Route) -> WebReply? {
        if route.entry == .open { return nil }
        guard let person else { return notSignedIn() }
        // Pages are for people: what a program may is looked at by the API alone.
        if person.token != nil, !isAPI { return pagesForPeople() }
        if route.entry == .proving { return nil }
        let changes = request.method != "GET" && request.method != "HEAD"
        if changes, !person.mayAct { return notOfThePage() }
        if person.isToSetUp, route.entry != .settingUp { return notSetUp() }
        return nil
    }

    /// To the page of signing in, or 401 to a program.
    private func notSignedIn() -> WebReply {
        guard isAPI else {
            let isPlace = request.method == "GET" && request.path != "/"
            let next = isPlace ? Self.address(request.path, request.query) : ""
            return .seeOther(Self.address("/sign-in", [("next", next)]))
        }
        let detail = Sentence(uk: "увійдіть або додайте ключ програми", en: "sign in, or send a token")
        return problem(401, "signInFirst", detail, headers: [("www-authenticate", "Bearer")])
    }

    /// That a program’s token opens no pages.
    private func pagesForPeople() -> WebReply {
        problem(
            403,
            "pagesForPeople",
            Sentence(
                uk: "сторінки – для людей; програмам – \(Endpoint.prefix)",
                en: "pages are for people; programs ask \(Endpoint.prefix)"
            )
        )
    }

    /// That the act did not come from the page it names.
    private func notOfThePage() -> WebReply {
        let detail = Sentence(
            uk: "запит не довів, що його надіслала сторінка цього сеансу",
            en: "the request does not prove that a page of this session sent it"
        )
        // The script then asks for the password, and tries again.
        let wants = [("x-kartoteka-wants", "second")]
        if isAPI { return problem(403, "notOfThePage", detail, headers: wants) }
        let title = say("Не зроблено", "Not done")
        return gatePage(title, status: 403, headers: wants) {
            tag("p") {
                request.isSecure
                    ? say(
                        "Сторінка застаріла. Поверніться, оновіть її та повторіть: введене збережено.",
                        "The page is out of date. Go back, reload it and try again: what you typed is kept."
                    )
                    : say(
                        "На цьому комп’ютері діяти можна лише зі сторінки зі сценаріями. Увімкніть їх або введіть пароль ще раз.",
                        "On this computer only a page with scripts can act. Turn them on, or enter the password again."
                    )
            }
            tag("p") { tag("a", ["href": "/sign-in"]) { say("Увійти ще раз", "Sign in again") } }
        }
    }

    /// That the second proof comes first.
    private func notSetUp() -> WebReply {
        guard isAPI else { return .seeOther("/account/second-proof") }
        return problem(
            403,
            "secondProofWanted",
            Sentence(uk: "спершу налаштуйте одноразові коди", en: "set up one-time codes first")
        )
    }
}
