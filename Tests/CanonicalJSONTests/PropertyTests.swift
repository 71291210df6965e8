import Testing

@testable import CanonicalJSON

@Suite("laws, over seeded random values and damaged texts")
struct PropertyTests {
    @Test("what is written is read again as the same value", arguments: [UInt64(1), 2, 3])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let fractions = random.below(2) == 0
            let value = random.value(fractions: fractions)
            let limits = fractions ? JSONLimits.general : .protocolProfile
            let written = value.canonicalBytes()
            #expect(try JSON(parsing: written, limits: limits) == value)
            #expect(try JSON(canonical: written, limits: limits) == value)
            try CanonicalText.validate(written.span, limits: limits)
            #expect(Array(value.canonicalText.utf8) == written)
            var appended: [UInt8] = [1]
            value.appendCanonical(to: &appended)
            #expect(appended == [1] + written)
        }
    }

    @Test("every finite double is read back from its text", arguments: [UInt64(4), 5])
    func doubles(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            let text = JSON.double(number).canonicalText
            #expect(Double(text) == number)
            #expect(try JSON(canonical: Array(text.utf8), limits: .general).canonicalText == text)
        }
    }

    @Test("a damaged text never traps, and the readers agree about it", arguments: [UInt64(6), 7, 8, 9])
    func damage(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<4000 {
            let fractions = round % 2 == 0
            let limits = fractions ? JSONLimits.general : .protocolProfile
            let text = random.mutated(random.value(fractions: fractions).canonicalBytes())
            let parsed = Result { () throws(JSONError) in try JSON(parsing: text, limits: limits) }
            let canonical = Result { () throws(JSONError) in try JSON(canonical: text, limits: limits) }
            let checked = Result { () throws(JSONError) in try CanonicalText.validate(text.span, limits: limits) }
            #expect(checked == canonical.map { _ in () }, "\(text)")
            switch parsed {
            case .success(let value):
                let written = value.canonicalBytes()
                #expect(try JSON(canonical: written, limits: limits) == value)
                #expect((written == text) == (canonical == .success(value)), "\(text)")
            case .failure(let error):
                #expect((0...text.count).contains(error.offset))
                #expect(canonical != parsed || canonical == .failure(error))
            }
            if case .failure = parsed, case .success = canonical { Issue.record("canonical but not JSON: \(text)") }
        }
    }

    @Test("every part of a text up to a place is refused, at no byte beyond it")
    func truncation() throws {
        let text = bytes("{\"a\":[1,-20,null,true,false,\"ї\\u001f’😀\\n\"],\"опалення\":{\"\":{}}}")
        #expect(throws: Never.self) { try JSON(canonical: text) }
        for length in 0..<text.count {
            let part = Array(text[..<length])
            let error = #expect(throws: JSONError.self) { try JSON(parsing: part) }
            #expect((0...length).contains(error?.offset ?? -1))
            #expect(throws: JSONError.self) { try CanonicalText.validate(part.span) }
        }
    }

    @Test("a string is accepted just when the standard library finds its UTF-8 valid", arguments: [UInt64(10), 11])
    func utf8(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces: [[UInt8]] = [
            [0x41], [0x20], [0xD0, 0xB0], [0xD1, 0x97], [0xE2, 0x80, 0x99], [0xF0, 0x9F, 0x98, 0x80], [0xD0], [0x80],
            [0xBF], [0xC0], [0xC1],
            [0xE0], [0xED], [0xEF], [0xF4], [0xF5], [0xFF], [0xA0], [0x9F], [0x90],
        ]
        for _ in 0..<20_000 {
            let odd = random.below(4) == 0 ? pieces.count : 6
            let content = (0..<random.below(24)).flatMap { _ in pieces[random.below(random.below(8) == 0 ? odd : 4)] }
            let read = try? JSON(parsing: [0x22] + content + [0x22])
            let expected = String(validating: content, as: UTF8.self)
            #expect(read == expected.map(JSON.string), "\(content)")
        }
    }

    @Test("a stop is found at each place of strings of each length")
    func alignment() throws {
        for length in 0..<40 {
            for place in 0...length {
                let head = String(repeating: "a", count: place)
                let tail = String(repeating: "b", count: length - place)
                for middle in ["", "\"", "\\", "\n", "\u{1}", "ї", "’", "😀"] {
                    let value = JSON.string(head + middle + tail)
                    #expect(try JSON(canonical: value.canonicalBytes()) == value)
                }
                let broken = Array("\"\(head)\u{1}\(tail)\"".utf8)
                let error = #expect(throws: JSONError.self) { try JSON(parsing: broken) }
                #expect(error?.offset == place + 1)
            }
        }
    }
}

/// Equality of results without a value, which Swift does not give.
private func == (left: Result<Void, JSONError>, right: Result<Void, JSONError>) -> Bool {
    switch (left, right) {
    case (.success, .success): true
    case (.failure(let left), .failure(let right)): left == right
    case (.success, .failure), (.failure, .success): false
    }
}
