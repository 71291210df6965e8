import CanonicalJSON

@testable import Appeals

/// One act of a kind with one field (or all of them) at its limit or one past it, made from the kind's own tables of fields.
///
/// A type of field that is not known here does not compile; a new kind or field is met without a word here.
struct Specimen: CustomStringConvertible {
    let kind: Kind
    /// `personal.text`, or `all` of them; empty where only the whole is too large.
    let path: String
    /// The reason that names the limit, for one that is past it.
    let past: Reason?
    let body: JSONObject
    let personal: JSONObject?

    var description: String { "\(kind.name) \(path) \(past.map { "past: \($0.rawValue)" } ?? "at its limit")" }

    /// Every specimen of a kind.
    static func all(of kind: Kind) -> [Specimen] {
        var specimens: [Specimen] = []
        let plain = (Edge.plain(kind.fields), kind.personal.isEmpty ? nil : Edge.plain(kind.personal))
        for field in kind.fields {
            for edge in Edge.of(field.type, "body." + field.name) {
                var body = plain.0
                body[field.name] = edge.value
                specimens.append(Specimen(kind: kind, path: edge.path, past: edge.past, body: body, personal: plain.1))
            }
        }
        for field in kind.personal {
            for edge in Edge.of(field.type, "personal." + field.name) {
                var personal = plain.1 ?? JSONObject()
                personal[field.name] = edge.value
                specimens.append(
                    Specimen(kind: kind, path: edge.path, past: edge.past, body: plain.0, personal: personal)
                )
            }
        }
        specimens.append(
            Specimen(
                kind: kind,
                path: "all",
                past: nil,
                body: Edge.most(kind.fields),
                personal: kind.personal.isEmpty ? nil : Edge.most(kind.personal)
            )
        )
        return specimens + full(kind, plain)
    }

    /// Lists of which every element is within its limits, and that are too long for an operation.
    private static func full(_ kind: Kind, _ plain: (body: JSONObject, personal: JSONObject?)) -> [Specimen] {
        func lists(_ fields: [Field], _ edges: (String, JSON) -> Void) {
            for field in fields {
                for list in Edge.tooLong(field.type) { edges(field.name, list) }
            }
        }
        var specimens: [Specimen] = []
        func add(_ body: JSONObject, _ personal: JSONObject?) {
            specimens.append(Specimen(kind: kind, path: "", past: .operationFull, body: body, personal: personal))
        }
        lists(kind.fields) { name, list in
            var body = plain.body
            body[name] = list
            add(body, plain.personal)
        }
        lists(kind.personal) { name, list in
            var personal = plain.personal ?? JSONObject()
            personal[name] = list
            add(plain.body, personal)
        }
        return specimens
    }
}

/// A value at the limit of a type, or one past it.
struct Edge {
    let path: String
    let value: JSON
    let past: Reason?

    static func plain(_ fields: [Field]) -> JSONObject {
        JSONObject(members: fields.filter(\.required).map { ($0.name, plain($0.type)) })
    }

    static func most(_ fields: [Field]) -> JSONObject {
        JSONObject(members: fields.map { ($0.name, most($0.type)) })
    }

    static func plain(_ type: FieldType) -> JSON {
        switch type {
        case .text, .string, .address: "слово"
        case .identifier: "roads"
        case .bool: true
        case .date: "2026-02-09"
        case .moment: "2026-02-03T09:14:00+02:00"
        case .integer(let range): .integer(range.lowerBound)
        case .code(let codes): .string(codes.sorted().first ?? "")
        case .write: "office#00000000:1"
        case .party: ["outside": "слово"]
        case .array(let element): .array([plain(element)])
        case .object(let fields): .object(plain(fields))
        case .corrections: .object(JSONObject())
        case .any: WorkingCalendar.initial.json
        }
    }

    /// The longest value of a type.
    private static func most(_ type: FieldType) -> JSON {
        switch type {
        case .array(let element): .array(Array(repeating: most(element), count: Limits.elements))
        case .object(let fields): .object(most(fields))
        default: of(type, "").first { $0.past == nil }?.value ?? plain(type)
        }
    }

    static func of(_ type: FieldType, _ path: String) -> [Edge] {
        switch type {
        case .text: texts(path, Limits.text)
        case .string, .address: texts(path, Limits.string)
        case .identifier:
            [
                Edge(path: path, value: .string(String(repeating: "a", count: Limits.identifier)), past: nil),
                Edge(path: path, value: .string(String(repeating: "a", count: Limits.identifier + 1)), past: .tooLong),
            ]
        case .integer(let range):
            [
                Edge(path: path, value: .integer(range.upperBound), past: nil),
                Edge(path: path, value: .integer(range.upperBound + 1), past: .outOfRange),
                Edge(path: path, value: .integer(range.lowerBound - 1), past: .outOfRange),
            ]
        case .array(let element):
            [
                Edge(path: path, value: list(element, Limits.elements), past: nil),
                Edge(path: path, value: list(element, Limits.elements + 1), past: .tooMany),
            ] + of(element, path + "[0]").map { Edge(path: $0.path, value: .array([$0.value]), past: $0.past) }
        case .object(let fields):
            fields.flatMap { field in
                of(field.type, "\(path).\(field.name)").map { edge in
                    var object = plain(fields)
                    object[field.name] = edge.value
                    return Edge(path: edge.path, value: .object(object), past: edge.past)
                }
            }
        case .corrections(let personal): corrections(path, personal)
        case .any:
            [
                Edge(path: path, value: WorkingCalendar.initial.json, past: nil),
                Edge(path: path, value: ["deep": nested(Limits.depth)], past: .tooDeep),
                Edge(path: path, value: ["far": .integer(.max)], past: .outOfRange),
            ]
                + texts(path, Limits.text).map {
                    Edge(path: $0.path, value: ["long": $0.value], past: $0.past)
                }
        case .party:
            texts(path + ".outside", Limits.string).map {
                Edge(path: $0.path, value: ["outside": $0.value], past: $0.past)
            }
        case .bool, .date, .moment, .code, .write: [Edge(path: path, value: plain(type), past: nil)]
        }
    }

    /// As many elements at a limit of their own as no operation holds; none if all that are allowed fit.
    static func tooLong(_ type: FieldType) -> [JSON] {
        guard case .array(let element) = type else { return [] }
        return of(element, "").filter { $0.past == nil }.compactMap { edge in
            let count = Limits.operation / edge.value.canonicalBytes().count + 1
            return count <= Limits.elements ? .array(Array(repeating: edge.value, count: count)) : nil
        }
    }

    private static func list(_ element: FieldType, _ count: Int) -> JSON {
        .array(Array(repeating: plain(element), count: count))
    }

    private static func nested(_ depth: Int) -> JSON { (0..<depth).reduce("дно") { inner, _ in .array([inner]) } }

    private static func texts(_ path: String, _ limit: Int) -> [Edge] {
        let most = String(repeating: "ї", count: limit / 2)
        return [
            Edge(path: path, value: .string(most), past: nil),
            Edge(path: path, value: .string(most + "x"), past: .tooLong),
        ]
    }

    /// Each correctable register at its own limits, and as many registers as a correction takes.
    private static func corrections(_ path: String, _ personal: Bool) -> [Edge] {
        let rows = Policy.registers.filter { $0.corrected != nil && $0.personal == personal }
        let own = rows.flatMap { row in
            of(row.corrected ?? .any, "\(path).\(row.name)").map {
                Edge(path: $0.path, value: .object(JSONObject(members: [(row.name, $0.value)])), past: $0.past)
            }
        }
        let register = personal ? "problemAddress" : "district"
        return own
            + [Limits.elements, Limits.elements + 1].map { count in
                let members = (1...count).map { ("\(register)@office#00000000:1/\($0)", JSON.string("слово")) }
                return Edge(
                    path: path,
                    value: .object(JSONObject(members: members)),
                    past: count > Limits.elements ? .tooMany : nil
                )
            }
    }
}
