import Foundation
import Papers
import Testing
import Web

@testable import Node

/// One after another: a script that is being written while another process begins cannot be run.
@Suite("The program that draws papers", .serialized)
struct PaperProgramTests {
    /// As in a node: what a process does not read must not end this one.
    init() { signal(SIGPIPE, SIG_IGN) }

    private static func paper(_ words: String = "Їжак") -> Paper {
        Paper(
            title: "Папір",
            language: "uk",
            made: 0,
            isLetter: false,
            blocks: [.heading(1, words)],
            words: PaperWords(sheet: "арк. ", of: " з ", continued: ", далі", unknown: "знак")
        )
    }

    /// Runs a script in place of the program.
    private func run(_ script: String, patience: Int64 = 10_000) throws -> (DrawnPaper, seconds: Double) {
        let path = NSTemporaryDirectory() + "paper-\(UInt64.random(in: 0 ... .max))"
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
        chmod(path, 0o700)
        defer { unlink(path) }
        let begun = Date()
        let drawn = PaperProgram(path: path, patience: patience).draw(Self.paper())
        return (drawn, Date().timeIntervalSince(begun))
    }

    /// The thread sanitizer takes more addresses than the program lets itself have.
    private static let isSanitized = dlsym(nil, "__tsan_init") != nil

    @Test("the program beside this one draws a paper, the same bytes each time", .enabled(if: !isSanitized))
    func drawn() throws {
        let program = PaperProgram.beside
        try #require(program.isHere, "\(program.path)")
        guard case .pdf(let bytes) = program.draw(Self.paper()) else {
            Issue.record("\(program.draw(Self.paper()))")
            return
        }
        #expect(bytes.starts(with: "%PDF-1.7".utf8))
        #expect(program.draw(Self.paper()) == .pdf(bytes))
        #expect(program.draw(Self.paper(String(repeating: "слово ", count: 400_000))) == .tooLong)
    }

    @Test("a program that is not there, gives no PDF, ends by a signal or says why is told as what it is")
    func failing() throws {
        #expect(PaperProgram(path: "/nowhere/kartoteka-paper").draw(Self.paper()) == .absent)
        #expect(try run("cat").0.cause?.hasSuffix("gave no PDF") == true)
        #expect(try run("kill -9 $$").0.cause?.hasSuffix("signal 9") == true)
        #expect(try run("exit 66").0 == .tooLong)
        #expect(try run("exit 69").0.cause?.contains("font") == true)
        #expect(try run("exit 3").0.cause?.hasSuffix("ended with 3") == true)
    }

    @Test("one that reads nothing, sleeps, or gives without end is ended when its time or its limit is over")
    func hanging() throws {
        let asleep = try run("exec sleep 60", patience: 300)
        #expect(asleep.0.cause?.contains("more than 300 ms") == true && asleep.seconds < 10)
        let silent = try run("exec 1>&-; exec sleep 60", patience: 300)
        #expect(silent.0.cause?.hasSuffix("signal 9") == true && silent.seconds < 10)
        let endless = try run("exec yes %PDF-")
        #expect(endless.0.cause?.contains("gave too much") == true)
    }

    @Test("it is given the paper, the language of the system, and nothing else")
    func environment() throws {
        let seen = try run("printf '%%PDF-'; env | sort | grep -v '^PWD=\\|^SHLVL=\\|^_='; cat")
        guard case .pdf(let bytes) = seen.0 else {
            Issue.record("\(seen.0)")
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let given = String(decoding: Self.paper().encoded(), as: UTF8.self)
        #expect(text == "%PDF-LC_ALL=C.UTF-8\nSWIFT_BACKTRACE=enable=no\n" + given, "\(text)")
    }
}

extension DrawnPaper {
    fileprivate var cause: String? {
        guard case .failed(let cause) = self else { return nil }
        return cause
    }
}
