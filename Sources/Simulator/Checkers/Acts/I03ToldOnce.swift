/// I3 over time: the outcome that an operation was told to have does not become another one.
enum I03ToldOnce: StepChecker, QuietChecker {
    static let name = I03NoLostUpdate.name
    static let every = 10

    static func whileBusy(_ city: City) throws {
        // Of two hands only one has the page that proves what was told; a restored office may hear the other first.
        for site in city.sites where !city.mayLack(site) {
            try city.outcomesTold.check(
                site,
                mayDecide: city.weather.schema > Weather().schema || city.officeRestores > 0
            )
        }
    }
    static func whenQuiet(_ city: City) throws { try whileBusy(city) }
}
