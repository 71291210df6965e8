import Testing

/// Files and functions stay small enough to be read at once.
struct SizeTests {
    @Test("every Swift file has at most 400 lines and every function at most 60")
    func sizes() {
        expectNone(Project.swift.flatMap { Sizes.violations(in: $0) })
        let functions = Project.swift.flatMap { Functions.found(in: $0) }
        let files = Project.swift.map(\.length)
        #expect(functions.count > files.count)
        let longest = functions.max { $0.length < $1.length }
        print(
            "house: \(files.count) files, median \(Sizes.median(files)) lines, longest \(files.max() ?? 0);",
            "\(functions.count) functions, median \(Sizes.median(functions.map(\.length))) lines,",
            "longest \(longest?.length ?? 0) (\(longest?.name ?? ""));",
            "\(Comments.density(of: Project.sources)) comment lines in a hundred"
        )
    }

    @Test("a file of 401 lines is found, one of 400 is not")
    func plantedFile() {
        let line = "let a = 1\n"
        #expect(Sizes.violations(in: SwiftSource("Sources/A.swift", String(repeating: line, count: 400))).isEmpty)
        #expect(
            Sizes.violations(in: SwiftSource("Sources/A.swift", String(repeating: line, count: 401))).map(\.line) == [
                401
            ]
        )
    }

    @Test(
        "a body of 61 lines is found, one of 60 is not",
        arguments: [
            "func long(_ a: [Int] = [1], b: () -> Void) {", "init?(a: Int) {", "subscript(_ a: Int) -> Int {",
            "var long: Int {", "static let long = Kind(\"}\", effects: {",
        ]
    )
    func plantedFunction(_ head: String) {
        let end = head.hasSuffix("effects: {") ? "})" : "}"
        func type(_ lines: Int) -> SwiftSource {
            let body = String(repeating: "        if a { b(\"{\\(c { d })\") } // {\n", count: lines - 2)
            return SwiftSource(
                "Sources/A.swift",
                "struct A {\n    let other = 1\n    \(head)\n\(body)    \(end)\n    func short() {}\n}\n"
            )
        }
        #expect(Sizes.violations(in: type(60)).isEmpty)
        #expect(Sizes.violations(in: type(61)).map(\.line) == [3])
        #expect(Functions.found(in: type(61)).map(\.length) == [61, 1])
    }

    @Test("each closure of one property is measured for itself")
    func closures() {
        let text = """
            extension Kinds {
                static let a = Kind(
                    guards: { context in
                        try b(context)
                    },
                    effects: { c in
                        c
                    })
                protocol P { func d() }
                func e() { let f = { 1 } }
            }
            """
        let found = Functions.found(in: SwiftSource("Sources/A.swift", text))
        #expect(
            found == [
                Function(name: "a closure of a", line: 3, length: 3),
                Function(name: "a closure of a", line: 6, length: 3), Function(name: "e", line: 10, length: 1),
            ]
        )
    }

    @Test("what stands in strings and comments is no code")
    func blanking() {
        let text = ##"""
            let a = #"{ \(b) \#(c { "}" }) "{"# /* { /* } */ */ + "\"{" // }
            let d = """
                { \(e)
                """
            """##
        let code = SwiftSource("Sources/A.swift", text).code
        #expect(code[0].split(separator: " ").joined(separator: " ") == "let a = c { } +")
        #expect(code[2].split(separator: " ").joined(separator: " ") == "e")
        #expect(code.count == 4)
    }
}
