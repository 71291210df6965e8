import CanonicalJSON
import Desk
import Testing

@testable import Web

/// A client that knows nothing of the node but its description.
private struct DescribedClient {
    let document: JSON

    /// The requests of the document: the operation, its method, its path.
    var operations: [(id: String, method: String, path: String, operation: JSON)] {
        (document["paths"]?.object?.members ?? []).flatMap { path, place in
            (place.object?.members ?? []).map { ($1["operationId"]?.string ?? "", $0.uppercased(), path, $1) }
        }
    }

    func resolved(_ schema: JSON) -> JSON {
        guard let name = schema["$ref"]?.string?.split(separator: "/").last else { return schema }
        return document["components"]?["schemas"]?[String(name)] ?? .null
    }

    /// A value that a schema takes.
    func value(_ schema: JSON) -> JSON {
        let schema = resolved(schema)
        if let first = schema["enum"]?.array?.first { return first }
        switch schema["type"]?.string {
        case "boolean": return true
        case "integer": return schema["minimum"] ?? 1
        case "array": return [value(schema["items"] ?? .null)]
        case "object":
            let properties = schema["properties"] ?? .null
            let required = (schema["required"]?.array ?? []).compactMap(\.string)
            return .object(JSONObject(members: required.map { ($0, value(properties[$0] ?? .null)) }))
        default:
            switch schema["format"]?.string {
            case "date": return "2026-05-14"
            case "date-time": return "2026-05-14T09:30:00+03:00"
            default: return "x1"
            }
        }
    }

    /// What is wrong with a value by a schema: of the parts of JSON Schema that the document uses.
    func faults(_ value: JSON, _ schema: JSON, at path: String = "") -> [String] {
        let schema = resolved(schema)
        if let constant = schema["const"], constant != value { return ["\(path) is not \(constant)"] }
        if let codes = schema["enum"]?.array, !codes.contains(value) { return ["\(path) is none of the codes"] }
        let types = schema["type"]?.array?.compactMap(\.string) ?? schema["type"]?.string.map { [$0] } ?? []
        guard types.isEmpty || types.contains(where: { fits(value, $0) }) else { return ["\(path) is no \(types)"] }
        if let object = value.object {
            let known = schema["properties"]?.object ?? JSONObject()
            let missing = (schema["required"]?.array ?? []).compactMap(\.string).filter { object[$0] == nil }
            let strange = schema["additionalProperties"] == false ? object.keys.filter { known[$0] == nil } : []
            return missing.map { "\(path)/\($0) is missing" } + strange.map { "\(path)/\($0) is unknown" }
                + object.members.flatMap { key, each in known[key].map { faults(each, $0, at: path + "/" + key) } ?? []
                }
        }
        if let array = value.array, let items = schema["items"] {
            return array.flatMap { faults($0, items, at: path + "/0") }
        }
        return []
    }

    private func fits(_ value: JSON, _ type: String) -> Bool {
        switch type {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "integer": value.integer != nil
        case "boolean": value.bool != nil
        default: false
        }
    }
}

@Suite("The description of the API for programs")
struct OpenAPITests {
    private func document(_ city: WebCity, _ language: String = "uk") throws -> JSON {
        let answer = try city.ask("GET", "/openapi.json", as: nil, headers: [("accept-language", language)])
        #expect(answer.status == 200)
        return answer.json
    }

    @Test("has an operation for each endpoint, whose inputs are its row's, in both languages")
    func whole() throws {
        let city = try WebCity(departments: [])
        let client = DescribedClient(document: try document(city))
        #expect(client.document["openapi"] == "3.1.0")
        #expect(Set(client.operations.map(\.id)).count == client.operations.count)
        for endpoint in Endpoint.all {
            let found = try #require(client.operations.first { $0.id == endpoint.operationID }, "\(endpoint.name)")
            #expect(found.method == endpoint.method && found.path == endpoint.shownPath)
            let schema = found.operation["requestBody"]?["content"]?["application/json"]?["schema"]
            let inBody = schema?["properties"]?.object?.keys ?? []
            let outside = (found.operation["parameters"]?.array ?? []).filter { $0["in"] != "header" }.compactMap {
                $0["name"]?.string
            }
            #expect(Set(inBody + outside) == Set(endpoint.inputs.map(\.name)), "\(endpoint.name)")
            if let example = found.operation["requestBody"]?["content"]?["application/json"]?["example"] {
                #expect(client.faults(example, schema ?? .null) == [], "\(endpoint.name)")
            }
        }
        let english = DescribedClient(document: try document(city, "en"))
        #expect(english.operations.map(\.id) == client.operations.map(\.id))
        let words = english.document["paths"]?["/api/v1/appeals"]?.canonicalText ?? ""
        #expect(!words.isEmpty && !words.contains { ("а"..."я").contains($0) })
    }

    @Test("every code has its words, every text its bounds")
    func words() throws {
        let client = DescribedClient(document: try document(WebCity(departments: [])))
        func schemas(_ json: JSON) -> [JSON] {
            (json["type"] == nil ? [] : [json])
                + (json.object?.members.flatMap { schemas($0.value) } ?? []) + (json.array?.flatMap(schemas) ?? [])
        }
        let all = schemas(client.document["paths"] ?? .null)
        let coded = all.filter { $0["enum"] != nil }
        #expect(coded.count > 20)
        #expect(coded.allSatisfy { $0["enum"]?.array?.count == $0["x-enum-descriptions"]?.array?.count })
        #expect(all.filter { $0["type"] == "array" }.allSatisfy { $0["maxItems"]?.integer == 64 })
    }

    @Test("a client made of it reaches every endpoint, and gets what it describes")
    func client() throws {
        let city = try WebCity()
        let index = try city.assigned()
        let client = DescribedClient(document: try document(city))
        for (id, method, path, operation) in client.operations where id != "changes" {
            var place = path
            for parameter in operation["parameters"]?.array ?? [] where parameter["in"] == "path" {
                let name = parameter["name"]?.string ?? ""
                place = place.replacing("{\(name)}", with: name == "appeal" || name == "what" ? index : "koval")
            }
            let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"]
            var body = schema.map(client.value)
            if body?["appeal"] != nil, var object = body?.object {
                object["appeal"] = .string(index)
                body = .object(object)
            }
            let answer = try WebCity(copying: city).ask(method, place, as: "koval", body)
            let described = try #require(operation["responses"]?[String(answer.status)], "\(id): \(answer.status)")
            let type = answer.reply.contentType ?? ""
            let shape = try #require(described["content"]?[type]?["schema"], "\(id): \(type)")
            #expect(client.faults(answer.json, shape) == [], "\(id)")
            #expect(
                answer.faults.allSatisfy { !$0.hasSuffix(" unknownOption") && !$0.hasSuffix(" wrongType") },
                "\(id): \(answer.faults)"
            )
        }
    }
}
