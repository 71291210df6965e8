import Appeals
import Desk

extension NodeConfiguration {
    /// The file with every key of the role explained; what has its standard value is commented out.
    package var text: String {
        var text = "# Kartoteka: \(role == .office ? "an office" : "a department").\n"
        text += "# A comment begins with #. Unknown keys are refused. Lines have at most 197 bytes.\n"
        var section = ""
        for key in ConfigurationKey.all where key.roles.contains(role) {
            if key.section != section {
                section = key.section
                text += "\n[\(section)]\n"
            }
            text += "# \(key.summary)\n"
            if let value = value(of: key), value != key.standard {
                text += "\(key.name) = \(value)\n"
            } else {
                text += ";\(key.name) = \(key.standard ?? "")\n"
            }
        }
        return text
    }

    private func value(of key: ConfigurationKey) -> String? {
        switch key.fullName {
        case "node.id": id
        case "node.role": role.rawValue
        case "node.language": language.rawValue
        case "office.url": officeURL
        case "office.enrol_url": enrolURL
        case "listen.address": address
        case "listen.port": String(port)
        case "listen.enrol_port": String(enrolPort)
        case "listen.names": names.isEmpty ? nil : names.joined(separator: ", ")
        case "limits.connections": connections.map { String($0) }
        case "limits.connections_per_key": String(connectionsPerKey)
        case "limits.bodies_mib": String(bodiesMiB)
        case "web.enabled": web.isEnabled ? "yes" : "no"
        case "web.address": web.address
        case "web.port": String(web.port)
        case "web.names": web.names.isEmpty ? nil : web.names.joined(separator: ", ")
        case "web.certificate": web.certificate
        case "web.key": web.key
        case "web.totp": web.isTOTPForAll ? "all" : "administrators"
        case "backup.directory": backupDirectory
        case "backup.admissions": admissionsCopy
        case "backup.device_is_other": backupDeviceIsOther ? "yes" : "no"
        case "settings.reader_days": String(readerDays)
        case "settings.invitation_minutes": String(invitationMinutes)
        case "settings.certificate_days": String(certificateDays)
        case "settings.wait_seconds": String(waitSeconds)
        case "settings.idle_seconds": String(idleSeconds)
        default: preconditionFailure("every key is written: \(key.fullName) is not")
        }
    }
}
