import Replication

/// Where a reader was seen.
struct Positions {
    /// The furthest position of each stream and epoch.
    var furthest: [String: Int64] = [:]
    /// The streams when they were looked at last: mostly nothing has moved since.
    var last: [StreamRecord] = []

    static func key(_ stream: StreamRecord) -> String { stream.name + " " + stream.epoch }

    func stands(_ stream: StreamRecord, at place: Int) -> Bool {
        guard place < last.count else { return false }
        return last[place].head == stream.head && last[place].name == stream.name && last[place].epoch == stream.epoch
    }
}

/// I6: a reader's position never falls within an epoch, and is never beyond what the office published.
enum I06PositionsRise: StepChecker, QuietChecker {
    static let name = "I6 positions rise"
    static let every = 1

    static func whileBusy(_ city: City) throws {
        for site in city.sites {
            let streams = try site.store.read { try $0.streams() }
            for (place, stream) in streams.enumerated() where !site.positions.stands(stream, at: place) {
                if let former = site.positions.furthest[Positions.key(stream)], stream.head < former {
                    throw violation("\(site.name) fell from \(former) to \(stream.head) in \(stream.name)")
                }
                site.positions.furthest[Positions.key(stream)] = stream.head
            }
            site.positions.last = streams
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
