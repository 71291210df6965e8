import Replication

/// The table of the judges: which is asked when.
enum Checkers {
    static let atReply: [any ReplyChecker.Type] = [I02NoLeak.self, CatchUpCost.self]

    static let atCommit: [any CommitChecker.Type] = [
        I07NumberOrder.self, I04NoSilentOverwrite.self, I09OneMainExecutor.self, PartyKeptOut.self,
        I03NoLostUpdate.self,
        I13SamePolicy.self, SessionGuarantees.self, Settlements.self, DirectoryIsTrue.self, Invariants.self,
    ]

    static let whileBusy: [any StepChecker.Type] = [
        I06PositionsRise.self, I08OwnEditsVisible.self, I03ToldOnce.self, PurgedIsPurged.self,
        PurgesAreOwed.self,
    ]

    /// The first ones say whether all has been said; the dear ones come last and are reached once.
    static let whenQuiet: [any QuietChecker.Type] = [
        I12Liveness.self, I01Convergence.self, I03NoLostUpdate.self, I18OfficeActsSurvive.self,
        I04NoSilentOverwrite.self,
        I05Idempotence.self, I06PositionsRise.self, I08OwnEditsVisible.self, I09OneMainExecutor.self,
        Reactions.self, NothingForged.self, NoRepair.self, I10PurgeLeavesNothing.self, I11ErasureReachesAll.self,
        PurgedIsPurged.self, PurgesAreOwed.self, I15UnknownSurvives.self, I16AuditReplay.self, I14AnyCut.self,
        I03ToldOnce.self, I07ReissueOrder.self, WaitingHasAPlace.self, DirectoryIsTrue.self,
    ]

    /// Every judge by its name, once: what a table of them lists.
    static var names: [String] {
        let others: [any Checker.Type] = [I17SameTrace.self, Storms.self, ReceiptsAreTrue.self]
        let all: [any Checker.Type] = atReply + atCommit + whileBusy + whenQuiet + others
        return Set(all.map { $0.name }).sorted()
    }

    static func reply(_ response: WireResponse, to request: WireRequest, of site: Site, in city: City) throws {
        for checker in atReply { try checker.judge(response, to: request, of: site, in: city) }
    }

    /// What the office has committed since it was last looked at.
    static func commit(_ city: City) throws {
        guard let committed = try city.watch.look(at: city) else { return }
        for checker in atCommit { try checker.judge(committed, in: city) }
        city.watch.learn(committed)
        city.days.add(committed)
    }

    static func step(_ number: Int, _ city: City) throws {
        for checker in whileBusy where number % checker.every == 0 { try checker.whileBusy(city) }
    }

    static func quiet(_ city: City) throws {
        // Of a node that was found twice (DESIGN.md "Logs") all waits for its operator.
        city.frozen = try city.officeStore.read { reading in
            Set(try city.sites.map(\.name).filter { try reading.node($0)?.state == .frozen })
        }
        city.remembered.removeAll { city.frozen.contains($0.site) }
        for checker in whenQuiet { try checker.whenQuiet(city) }
    }
}

extension City {
    /// The sites whose copies and logs are judged.
    var judged: [Site] { sites.filter { !frozen.contains($0.name) } }
}
