import Appeals
import Foundation
import Testing

@testable import Commands
@testable import Desk
@testable import Node

/// What a configuration file may say.
struct ConfigurationTests {
    private static let node = "[node]\nid = center\nrole = office\n"

    private func refusal(_ text: String) -> ConfigurationRefusal? {
        do throws(ConfigurationRefusal) {
            _ = try NodeConfiguration(parsing: Array(text.utf8), file: "kartoteka.conf")
            return nil
        } catch { return error }
    }

    @Test("a mistyped key is refused by name and line, with the key that was meant")
    func mistypedKey() throws {
        let found = try #require(refusal(Self.node + "[listen]\nprot = 8443\n"))
        #expect(found.line == 5)
        #expect(found.key == "listen.prot")
        #expect(found.remedy.en == "Did you mean port?")
    }

    @Test("a key under the wrong section is refused with the section where it stands")
    func wrongSection() throws {
        let found = try #require(refusal(Self.node + "port = 8443\n"))
        #expect(found.description == "kartoteka.conf:4: node.port: there is no such key. It stands under [listen]")
    }

    @Test("an unknown section is refused, even an empty one")
    func unknownSection() throws {
        let found = try #require(refusal(Self.node + "\n[lisen]\n"))
        #expect(found.line == 5)
        #expect(found.remedy.en == "Did you mean listen?")
    }

    @Test("a key that stands twice is refused with both lines")
    func duplicate() throws {
        let found = try #require(refusal(Self.node + "id = roads\n"))
        #expect(found.line == 4)
        #expect(found.found.en == "the key was set in line 2 already")
    }

    @Test("a line that is nothing is refused by its number")
    func brokenLine() throws {
        #expect(refusal(Self.node + "\nlanguage\n")?.line == 5)
    }

    @Test("a line that libinih would cut is refused")
    func longLine() throws {
        let found = try #require(refusal(Self.node + "# " + String(repeating: "x", count: 300) + "\n"))
        #expect(found.line == 4)
    }

    @Test(
        "a value of another form is refused with an example",
        arguments: [
            ("[office]\nurl = htp://office.example", "office.url"), ("[listen]\nport = 70000", "listen.port"),
            ("[listen]\nport = +5", "listen.port"), ("[listen]\naddress = localhost", "listen.address"),
            ("[listen]\nnames = Office.example", "listen.names"),
            ("[backup]\ndevice_is_other = maybe", "backup.device_is_other"),
            ("[limits]\nconnections = 1", "limits.connections"),
        ]
    )
    func wrongValue(text: String, key: String) throws {
        let found = try #require(refusal(Self.node + text + "\n"))
        #expect(found.key == key)
        #expect(found.line == 5)
    }

    @Test("what a department has no use for is refused in its file")
    func otherRole() throws {
        let found = try #require(refusal("[node]\nid = roads\nrole = department\n[listen]\nport = 1\n"))
        #expect(found.key == "listen.port")
    }

    @Test(
        "a port for browsers that could not be served is refused in the file",
        arguments: [
            ("certificate = /a.pem", "web.key"), ("key = /a.key", "web.certificate"),
            ("address = 0.0.0.0", "web.names"),
            ("address = ::", "web.names"), ("address = office", "web.address"), ("totp = some", "web.totp"),
            ("names = Office", "web.names"), ("port = 65536", "web.port"),
        ]
    )
    func web(line: String, key: String) throws {
        let found = try #require(refusal("[node]\nid = roads\nrole = department\n[web]\n\(line)\n"))
        #expect(found.key == key)
        #expect(found.line == 5)
    }

    @Test("a port for browsers that is closed needs nothing")
    func noWeb() {
        #expect(refusal("[node]\nid = roads\nrole = department\n[web]\nenabled = no\naddress = 0.0.0.0\n") == nil)
    }

    @Test("an office without a name is refused")
    func missing() throws { #expect(refusal("[node]\nrole = office\n")?.key == "node.id") }

    @Test("what a configuration writes is what it reads")
    func roundTrip() throws {
        var configuration = NodeConfiguration(id: "center", role: .office)
        configuration.names = ["office.example", "10.0.0.1"]
        configuration.port = 9_443
        configuration.backupDirectory = "/var/backups/kartoteka"
        configuration.backupDeviceIsOther = true
        configuration.web.address = "0.0.0.0"
        configuration.web.port = 0
        configuration.web.names = ["work.office.example", "10.0.0.1"]
        configuration.web.certificate = "/etc/ssl/work.pem"
        configuration.web.key = "/etc/ssl/work.key"
        configuration.web.isTOTPForAll = true
        let read = try NodeConfiguration(parsing: Array(configuration.text.utf8), file: "x")
        #expect(read == configuration)
        let department = NodeConfiguration(id: "roads", role: .department)
        #expect(try NodeConfiguration(parsing: Array(department.text.utf8), file: "x") == department)
    }

    /// KARTOTEKA_REWRITE=1 writes them anew.
    @Test("the examples are what the configuration says of itself, and can be read", arguments: NodeRole.allCases)
    func examples(role: NodeRole) throws {
        var configuration = NodeConfiguration(id: role == .office ? "center" : "roads", role: role)
        if role == .office {
            configuration.address = "0.0.0.0"
            configuration.names = ["office.example", "10.0.0.1"]
            configuration.officeURL = "https://office.example:8443"
            configuration.enrolURL = "https://office.example:8444"
            configuration.admissionsCopy = "/media/backup/kartoteka/admissions.log"
        }
        configuration.backupDirectory = "/media/backup/kartoteka"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../deploy/\(role.rawValue).conf")
        if ProcessInfo.processInfo.environment["KARTOTEKA_REWRITE"] == "1" {
            try Data(configuration.text.utf8).write(to: file)
        }
        let text = Array(try Data(contentsOf: file))
        #expect(String(decoding: text, as: UTF8.self) == configuration.text)
        #expect(try NodeConfiguration(parsing: text, file: "example") == configuration)
    }
}
