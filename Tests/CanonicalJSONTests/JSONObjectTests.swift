import Testing

@testable import CanonicalJSON

@Suite("values and objects")
struct JSONObjectTests {
    @Test("keys composed and decomposed are two keys")
    func normalization() throws {
        let object: JSONObject = ["\u{E9}": 1, "e\u{301}": 2]
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(try JSON(parsing: Array("{\"й\":1,\"и\u{306}\":2}".utf8)).object?.count == 2)
        #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
        #expect(JSON.object(["\u{E9}": 1]) != JSON.object(["e\u{301}": 1]))
    }

    @Test("members stay in canonical order whatever the order they were set in", arguments: [UInt64(1), 2])
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var object = JSONObject()
            var model: [[UInt16]: Int64] = [:]
            for number in 0..<Int64(30) {
                let key = random.text()
                let remove = random.below(4) == 0
                object[key] = remove ? nil : .integer(number)
                model[Array(key.utf16)] = remove ? nil : number
            }
            let expected = model.keys.sorted { $0.lexicographicallyPrecedes($1) }
            #expect(object.keys.map { Array($0.utf16) } == expected)
            #expect(object.members.map(\.value) == expected.map { model[$0].map(JSON.integer) ?? nil })
            #expect(JSONObject(members: object.members.reversed().map { ($0.key, $0.value) }) == object)
        }
    }

    @Test("nil removes a member, null keeps it")
    func removal() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = .null
        #expect(object["a"] == .null)
        object["a"] = nil
        object["absent"] = nil
        #expect(object == ["b": 2])
        #expect(object["a"] == nil)
        #expect(!object.isEmpty)
    }

    @Test("the same key twice is a bug of the program")
    func duplicate() async {
        await #expect(processExitsWith: .failure) { _ = JSONObject(members: [("a", 1), ("b", 2), ("a", 3)]) }
        await #expect(processExitsWith: .failure) { let _: JSON = ["a": 1, "a": 2] }
    }

    @Test("a value answers for its own type only")
    func accessors() {
        let value: JSON = ["s": "x", "i": 1, "d": 1.5, "b": true, "n": .null, "a": [1]]
        #expect(value["s"]?.string == "x" && value["s"]?.integer == nil)
        #expect(value["i"]?.integer == 1 && value["i"]?.bool == nil)
        #expect(value["d"] == .double(1.5) && value["d"]?.integer == nil)
        #expect(value["b"]?.bool == true && value["b"]?.string == nil)
        #expect(value["n"]?.isNull == true && value["i"]?.isNull == false)
        #expect(value["a"]?.array == [1] && value["a"]?.object == nil)
        #expect(value["a"]?["s"] == nil && value["absent"] == nil && value.object?.count == 6 && value.array == nil)
    }
}
