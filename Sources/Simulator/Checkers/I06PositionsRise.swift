import Replication

/// I6: a reader's position never falls within an epoch, and is never beyond what the office published.
enum I06PositionsRise: StepChecker, QuietChecker {
    static let name = "I6 positions rise"
    static let every = 1

    static func whileBusy(_ city: City) throws {
        for site in city.sites {
            for stream in try site.store.read({ try $0.streams() }) {
                let name = stream.name + " " + stream.epoch
                if let former = site.positions[name], stream.head < former {
                    throw violation("\(site.name) fell from \(former) to \(stream.head) in \(stream.name)")
                }
                site.positions[name] = stream.head
            }
        }
    }

    static func whenQuiet(_ city: City) throws {
        try whileBusy(city)
        for site in city.judged {
            for stream in try site.store.read({ try $0.streams() }) {
                let office = try city.officeStore.read { try $0.stream(stream.name) }
                guard let office, office.epoch == stream.epoch else { continue }
                guard stream.head == office.head, stream.mark == office.mark else {
                    throw violation(
                        "\(site.name) stands at \(stream.head) of \(stream.name), its head is \(office.head)"
                    )
                }
            }
        }
    }
}
