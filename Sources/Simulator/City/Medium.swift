import Replication
import SimulatedDisk
import Storage

/// What a node's store lies on: memory, or the product's own SQLite store on a disk that fails.
final class Medium {
    /// A process that its disk stopped, and what that means for it.
    enum Stop: String, Error {
        /// The power went: what the step gave, nobody heard.
        case power
        /// The store cannot be trusted any more: the process ends, its operator starts it again.
        case process
        /// Nothing was saved, nothing is lost: the process goes on and tries again later.
        case room
    }

    /// A copy of everything at one moment.
    enum Backup {
        case memory(MemoryStore)
        case disk(SimulatedDisk.Image)
    }

    private(set) var store: any Store
    private let disk: SimulatedDisk?

    init(_ profile: Simulation.Profile) throws {
        switch profile {
        case .fast: (store, disk) = (MemoryStore(), nil)
        case .disk:
            let disk = SimulatedDisk()
            (store, self.disk) = (try Self.open(disk), disk)
            disk.isExposed = false
        }
    }

    init(_ backup: Backup) throws {
        switch backup {
        case .memory(let memory): (store, disk) = (memory.copy(), nil)
        case .disk(let image):
            let disk = SimulatedDisk(image)
            (store, self.disk) = (try Self.open(disk), disk)
            disk.isExposed = false
        }
    }

    /// A copy as of now, as an operator makes one.
    func backup() -> Backup {
        if let disk { return .disk(disk.image) }
        guard let memory = store as? MemoryStore else { preconditionFailure("without a disk a store is in memory") }
        return .memory(memory.copy())
    }

    /// One reader: everything runs in one thread.
    private static func open(_ disk: SimulatedDisk) throws -> SQLiteStore {
        try SQLiteStore.open(directory: "/node", create: true, vfs: disk.name, readers: 1)
    }

    // MARK: faults

    /// Whether it can fail.
    var canFail: Bool { disk != nil }
    var counts: [String: Int] { disk?.counts ?? [:] }
    /// The `count`-th operation from now on meets the fault.
    func fail(_ fault: DiskFault, at count: Int) { disk?.fail(fault, at: count) }
    /// What was planned is called off.
    func heal() { disk?.heal() }

    /// Runs a step of the node's process, in which the disk may fail.
    func running<Result>(_ body: () throws -> Result) throws -> Result {
        guard let disk else { return try body() }
        precondition(!disk.isExposed, "one step at a time")
        disk.isExposed = true
        let result = Swift.Result { try body() }
        disk.isExposed = false
        // Also of a step that went well: its disk was cut in what came after the commit, so its reply never left.
        if disk.isOff { throw Stop.power }
        if case .failure(let error as StoreError) = result {
            // What a running node does with it: see Trouble in the target Node.
            if error.kind == .full { throw Stop.room }
            if error.kind == .io { throw Stop.process }
        }
        return try result.get()
    }

    /// Opens the store again after a stop: after a power cut, with what the disk kept.
    func reopen(_ random: inout Generator) throws {
        guard let disk, let former = store as? SQLiteStore else { preconditionFailure("memory does not stop") }
        try former.close()
        while true {
            if disk.isOff { disk.restart { random.below($0) } }
            disk.heal()
            // The power may go again while the store is being opened.
            if random.chance(0.2) { disk.fail(.power, at: 1 + random.below(12)) }
            disk.isExposed = true
            defer { disk.isExposed = false }
            do {
                store = try Self.open(disk)
                break
            } catch {
                guard disk.isOff else { throw error }
            }
        }
        disk.heal()
    }

    /// The files of the disk as they are now; none in memory.
    var files: [(name: String, bytes: [UInt8])] { disk?.image.contents ?? [] }

    /// What the store itself finds wrong with its files.
    func problems() throws -> [String] { try (store as? SQLiteStore)?.integrityCheck() ?? [] }

    /// Removes what was deleted from the disk; false if that must be tried again.
    func purge() throws -> Bool { try (store as? SQLiteStore)?.checkpoint() ?? true }
}
