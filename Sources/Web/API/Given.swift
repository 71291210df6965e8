import Appeals
import CanonicalJSON
import Commands
import Desk

/// What a program gave to an endpoint: read, and each value looked at by the type of its input.
///
/// Stricter than a terminal: a code is a code, never its words; a number is a number. All that is wrong is told at once.
struct Given {
    /// By the names of the inputs.
    let arguments: JSONObject
    /// Marks of the pages of what is asked.
    let mark: PageMark

    /// Elements of a list at most.
    static let mostElements = Limits.elements

    /// Throws a `Problem`: a body that is no JSON object, what is unknown, missing, of the wrong type or beyond its bounds.
    init(_ endpoint: Endpoint, _ call: WebCall) throws {
        var (values, faults) = try endpoint.isReading ? Self.asked(endpoint, call) : Self.sent(endpoint, call)
        let mark = PageMark(endpoint, values)
        for input in endpoint.inputs {
            guard let value = values[input.name] else {
                if input.isRequired { faults.append(Self.missing(input)) }
                continue
            }
            var wrong = Self.faults(value, of: input, endpoint, call)
            if wrong.isEmpty, input.type == .mark {
                let place = mark.read(value.string ?? "")
                if place == nil { wrong = [PageMark.wrong("/" + input.name)] }
                values[input.name] = place.map(JSON.string)
            }
            faults += wrong
        }
        guard faults.isEmpty else { throw Problem(faults) }
        arguments = values
        self.mark = mark
    }

    // MARK: where the values are

    /// Of a reading: in the path and in the query.
    private static func asked(_ endpoint: Endpoint, _ call: WebCall) -> (JSONObject, [Fault]) {
        var values = JSONObject()
        var faults: [Fault] = []
        for input in endpoint.inPath { values[input.name] = call.parameters[input.name].map(JSON.string) }
        for (name, text) in call.request.query {
            guard let input = endpoint.others.first(where: { $0.name == name }) else {
                faults.append(unknown(name, endpoint))
                continue
            }
            values[name] = read(text, input.form)
        }
        return (values, faults)
    }

    /// A value of a query; what is none of its form stays a text, which is then refused.
    private static func read(_ text: String, _ form: ArgumentForm) -> JSON {
        switch form {
        case .flag where text == "true": true
        case .flag where text == "false": false
        case .number: Int64(text).flatMap { String($0) == text ? .integer($0) : nil } ?? .string(text)
        case .flag, .text, .contents, .register, .path: .string(text)
        }
    }

    /// Of an act: members of the body, which may be left out where nothing has to be given.
    private static func sent(_ endpoint: Endpoint, _ call: WebCall) throws -> (JSONObject, [Fault]) {
        var faults = call.request.query.map { unknown($0.0, endpoint) }
        let body = call.request.body
        if body.isEmpty { return (JSONObject(), faults) }
        let type = (call.request.header("content-type") ?? "").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        guard type == "application/json" else {
            throw Problem(
                status: 415,
                code: "wrongType",
                detail: Sentence(
                    uk: "тіло запиту має бути JSON: Content-Type: application/json",
                    en: "the body must be JSON: Content-Type: application/json"
                )
            )
        }
        let limits = JSONLimits(
            stringBytes: endpoint.longest,
            integersOnly: false,
            totalBytes: endpoint.longest
        )
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: body, limits: limits) } catch {
            throw notJSON(uk: "тіло запиту — не JSON, байт \(error.offset)", en: "\(error)")
        }
        guard let object = json.object else {
            throw notJSON(uk: "тіло запиту має бути об'єктом", en: "the body must be an object")
        }
        for key in object.keys where !endpoint.inputs.contains(where: { $0.name == key }) {
            faults.append(unknown(key, endpoint))
        }
        return (object, faults)
    }

    private static func notJSON(uk: Phrase, en: Phrase) -> Problem {
        Problem(status: 400, code: "wrongJSON", detail: Sentence(uk: uk, en: en))
    }

    // MARK: one value

    /// What is wrong with a value.
    private static func faults(_ value: JSON, of input: UseCase.Input, _ endpoint: Endpoint, _ call: WebCall) -> [Fault]
    {
        guard fits(value, input) else { return [wrongType(input)] }
        let path = "/" + input.name
        if let elements = value.array, elements.count > mostElements, input.repeats {
            return [
                Fault(
                    path: path,
                    code: Reason.tooMany.rawValue,
                    reason: Sentence(Label(uk: Reason.tooMany.ukrainian, en: Reason.tooMany.english)),
                    limit: .integer(Int64(mostElements)),
                    remedy: DeskError.limitRemedy(of: .tooMany)
                )
            ]
        }
        if let number = value.integer, case .number(let range) = input.type, !range.contains(number) {
            return [
                Fault(
                    path: path,
                    code: "wrongNumber",
                    reason: Sentence(input.type.label),
                    limit: .integer(range.nearest(number))
                )
            ]
        }
        let texts = value.string.map { [$0] } ?? (value.array ?? []).compactMap(\.string)
        return texts.enumerated().compactMap { place, text in
            fault(text, of: input, at: input.repeats ? "\(path)/\(place)" : path, call)
        }
    }

    /// What is wrong with one text.
    private static func fault(_ text: String, of input: UseCase.Input, at path: String, _ call: WebCall) -> Fault? {
        if text.isEmpty, !input.keepsPlaces {
            return Fault(
                path: path,
                code: "emptyValue",
                reason: Sentence(uk: "порожнє значення", en: "an empty value"),
                remedy: Sentence(uk: "Заповніть поле або не надсилайте його", en: "Fill the field in, or leave it out")
            )
        }
        if case .code(let codes) = input.type, !codes.contains(where: { $0.code == text }) {
            let known = codes.map(\.code).joined(separator: ", ")
            return Fault(
                path: path,
                code: "unknownCode",
                reason: Sentence(uk: "вкажіть одне з: \(known)", en: "give one of: \(known)")
            )
        }
        if let longest = input.type.longest, text.utf8.count > longest {
            return Fault(
                path: path,
                code: Reason.tooLong.rawValue,
                reason: Sentence(Label(uk: Reason.tooLong.ukrainian, en: Reason.tooLong.english)),
                limit: .integer(Int64(longest)),
                remedy: DeskError.limitRemedy(of: .tooLong)
            )
        }
        guard input.form == .text || input.form == .contents else { return nil }
        do throws(DeskError) { _ = try call.desk.entrance.enter(text, in: input) } catch {
            return Fault(path: path, code: error.code, reason: error.message, remedy: error.remedy)
        }
        return nil
    }

    /// Whether a value has the type of an input; a register comes as the text of its file.
    private static func fits(_ value: JSON, _ input: UseCase.Input) -> Bool {
        input.form == .register ? value.string != nil : input.fits(value)
    }

    private static func wrongType(_ input: UseCase.Input) -> Fault {
        switch input.form {
        case .flag: wrongType(input.name, Sentence(uk: "потрібне true або false", en: "true or false is wanted"))
        case .number: wrongType(input.name, Sentence(uk: "потрібне ціле число", en: "a whole number is wanted"))
        case .text, .contents, .register, .path: noText(input.name, isList: input.repeats)
        }
    }

    /// What should be a text, or a list of texts, and is neither.
    static func noText(_ name: String, isList: Bool) -> Fault {
        wrongType(
            name,
            isList
                ? Sentence(uk: "потрібен масив рядків", en: "an array of strings is wanted")
                : Sentence(uk: "потрібен рядок", en: "a string is wanted")
        )
    }

    private static func wrongType(_ name: String, _ wanted: Sentence) -> Fault {
        Fault(path: path(name), code: "wrongType", reason: wanted)
    }

    private static func missing(_ input: UseCase.Input) -> Fault {
        Fault(
            path: "/" + input.name,
            code: "missingOption",
            reason: Sentence(uk: "бракує: \(input.summary.uk)", en: "missing: \(input.summary.en)")
        )
    }

    private static func unknown(_ name: String, _ endpoint: Endpoint) -> Fault {
        unknown(name, known: endpoint.others.map(\.name))
    }

    /// A member that there is not, with those that there are.
    static func unknown(_ name: String, known: [String]) -> Fault {
        let known = known.joined(separator: ", ")
        return Fault(
            path: path(name),
            code: "unknownOption",
            reason: Sentence(
                uk: known.isEmpty ? "тут не беруть жодного значення" : "такого поля немає; є: \(known)",
                en: known.isEmpty ? "nothing is taken here" : "there is no such field; there are: \(known)"
            )
        )
    }

    /// Letters of an unknown name that are told back.
    private static let longestName = 128

    /// The pointer to a member of this name, known or not (RFC 6901, section 3).
    static func path(_ name: String) -> String {
        "/" + String(name.prefix(longestName)).replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
