import CanonicalJSON
import Glibc
import Storage

/// Offices that were planted once, with their departments: kept in a folder that no commit has, and copied before anything is
/// measured.
///
/// Made anew when anything changes that decides what is in them; whoever wants the room back removes the folder.
enum KeptStores {
    private static let folder = ".build/benchmark-stores"
    private static let told = "told.json"

    /// Puts a copy of the planted office and its departments on the stage; nothing runs afterwards.
    ///
    /// Gives what was told at the planting: `Planter.plant`, with its seconds and the bytes of the database.
    static func take(_ plan: Plan, _ stage: Stage) throws -> JSON {
        let kept = "\(folder)/\(plan.hash)"
        if access("\(kept)/\(told)", R_OK) != 0 { try make(plan, kept) }
        for name in plan.names + ["center"] { try stage.copy(from: "\(kept)/\(name)", to: stage.path(name)) }
        return try JSON(parsing: TextFile.read("\(kept)/\(told)"), limits: .general)
    }

    /// On a stage of its own; the file with what was told comes last, so that a folder without it is none.
    private static func make(_ plan: Plan, _ kept: String) throws {
        let stage = try Stage()
        defer { stage.clear() }
        try stage.found(plan.names)
        let start = Machine.nanoseconds()
        var json = try stage.play("plant", [stage.path("center"), "\(plan.departments)", "\(plan.appeals)"])
        let seconds = Machine.milliseconds(since: start) / 1_000
        guard case .object(var object) = json else { throw Failure("planting told nothing") }
        object["seconds"] = .double(Figure.rounded(seconds))
        object["bytes"] = .integer(Machine.size(stage.path("center") + "/" + database))
        json = .object(object)
        try stage.remove(at: kept)
        mkdir(folder, 0o700)
        guard mkdir(kept, 0o700) == 0 else { throw Failure("\(kept) cannot be made") }
        for name in plan.names + ["center"] { try stage.copy(from: stage.path(name), to: "\(kept)/\(name)") }
        try TextFile.write("\(kept)/\(told)", json.canonicalBytes())
    }

    /// The file of a node's database.
    static let database = "kartoteka.sqlite"
}
