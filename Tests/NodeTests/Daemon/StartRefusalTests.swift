import Appeals
import CanonicalJSON
import Foundation
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// What is wrong before anything is served.
@Suite(.serialized)
struct StartRefusalTests {
    private func refusal(_ city: TestCity, _ node: String) throws -> NodeError {
        try #require(#expect(throws: NodeError.self) { try city.start(node) })
    }

    @Test("a directory or a key that others can read is refused with the command that mends it")
    func wrongMode() throws {
        let city = try TestCity()
        try city.initializeOffice()
        chmod(city.path("center") + "/node.key", 0o644)
        let key = try refusal(city, "center")
        #expect(key.code == .permission)
        #expect(key.remedy.en == "Mend it: chmod 600 \(city.path("center"))/node.key")
        chmod(city.path("center") + "/node.key", 0o600)
        chmod(city.path("center"), 0o755)
        #expect(try refusal(city, "center").remedy.en == "Mend it: chmod 700 \(city.path("center"))")
    }

    @Test("a port that is taken is refused with what to do")
    func takenPort() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let port = try city.start("center").port
        let other = try TestCity()
        try other.initializeOffice(port: port)
        let found = try refusal(other, "center")
        #expect(found.description.contains("\(port)"))
        #expect(found.remedy.en.contains("[listen]"))
    }

    @Test("a missing file is refused by its name", arguments: ["node.key", "authority.pem", "kartoteka.sqlite"])
    func missingFile(name: String) throws {
        let city = try TestCity()
        try city.initializeOffice()
        try FileManager.default.removeItem(atPath: city.path("center") + "/" + name)
        let found = try refusal(city, "center")
        #expect(found.code == .notFound)
        #expect(found.found.en.contains(name))
    }

    @Test("a department that has not joined says how to")
    func notJoined() throws {
        let city = try TestCity()
        try city.initializeDepartment("roads")
        let found = try refusal(city, "roads")
        #expect(found.code == .notInitialised)
        #expect(found.remedy.en.contains("kartoteka join"))
    }

    @Test("a directory that is not there is not a node")
    func noDirectory() throws {
        let city = try TestCity()
        #expect(try refusal(city, "center").code == .notInitialised)
    }

    @Test("what stands in the way of a start is told in Ukrainian and in English")
    func languages() throws {
        let city = try TestCity()
        let error = DeskError(try refusal(city, "center"))
        let path = city.path("center")
        #expect(
            error.text(.ukrainian) == """
                Помилка: відкриття каталогу даних \(path): такого каталогу
                немає
                Створіть: kartoteka init office (або init department)
                """
        )
        let english = "Error: opening the data directory \(path): there is no such\ndirectory\n"
        #expect(error.text(.english).hasPrefix(english))
    }

    @Test("the configuration's language is the node's, for whoever names none; one that cannot be read names none")
    func configuredLanguage() throws {
        let city = try TestCity()
        try city.initializeOffice()
        let file = city.path("center") + "/kartoteka.conf"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(NodeConfiguration.language(in: city.path("center")) == .ukrainian)
        try text.replacing(";language = uk", with: "language = en").write(
            toFile: file,
            atomically: true,
            encoding: .utf8
        )
        #expect(NodeConfiguration.language(in: city.path("center")) == .english)
        let node = try OpenedNode.open(city.path("center"))
        defer { node.close() }
        let list = try #require(Commands.named("appeal show"))
        #expect(list.run(node.context, ["appeal": "x"]).text.hasPrefix("Error: "))
        #expect(list.run(node.context, ["appeal": "x", "lang": "uk"]).text.hasPrefix("Помилка: "))
        #expect(NodeConfiguration.language(in: city.path("nowhere")) == nil)
    }

    @Test("a second process is refused the directory of a running node")
    func lockedDirectory() throws {
        let city = try TestCity()
        try city.initializeOffice()
        try city.start("center")
        #expect(throws: (any Error).self) { try OpenedNode.open(city.path("center")) }
    }
}
