public import Appeals

/// How a lane of the link stands, for people: what it does, since when, what it waits for, when it tries next.
public struct LaneStanding: Sendable, Equatable {
    /// What it does; the states of both lanes.
    public enum Doing: String, Sendable, CaseIterable {
        case hello, comparingLogs, refetching, refreshing, waitsForSnapshots, recovering, pushing, receipts, idle
        case waitsForHello, snapshot, pulling, probing, fetching, waiting

        public var label: Label {
            switch self {
            case .hello: Label(uk: "вітається з Центром", en: "greets the office")
            case .comparingLogs: Label(uk: "порівнює свій журнал із Центром", en: "compares its log with the office's")
            case .refetching: Label(uk: "повертає свої втрачені дії", en: "fetches lost operations of its own")
            case .refreshing: Label(uk: "оновлює рішення про свої дії", en: "asks for outcomes once more")
            case .waitsForSnapshots: Label(uk: "чекає знімків", en: "waits for snapshots")
            case .recovering: Label(uk: "віддає Центру те, що він утратив", en: "gives back what the office lost")
            case .pushing: Label(uk: "передає свої дії", en: "sends own operations")
            case .receipts: Label(uk: "підтверджує знищене", en: "gives receipts of what was destroyed")
            case .idle: Label(uk: "усе передано", en: "has sent everything")
            case .waitsForHello: Label(uk: "чекає вітання", en: "waits for the greeting")
            case .snapshot: Label(uk: "бере знімок", en: "takes a snapshot")
            case .pulling: Label(uk: "читає зміни", en: "reads changes")
            case .probing: Label(uk: "шукає, що відрізняється", en: "looks for what differs")
            case .fetching: Label(uk: "бере те, що відрізняється", en: "fetches what differs")
            case .waiting: Label(uk: "усе прочитано", en: "has read everything")
            }
        }
    }

    /// What must come for it to go on.
    public enum Awaited: String, Sendable, CaseIterable {
        case reply, news, otherLane, pause, work, turn

        public var label: Label {
            switch self {
            case .reply: Label(uk: "відповіді Центру", en: "the office's reply")
            case .news: Label(uk: "новин від Центру", en: "news from the office")
            case .otherLane: Label(uk: "другої половини обміну", en: "the other half of the exchange")
            case .pause: Label(uk: "кінця перерви після невдачі", en: "the end of the pause after a failure")
            case .work: Label(uk: "нової роботи", en: "new work")
            case .turn: Label(uk: "свого наступного кроку", en: "its next step")
            }
        }
    }

    public let lane: Lane
    public let doing: Doing
    /// Unix ms; 0 before its first step.
    public let since: Int64
    public let awaits: Awaited
    /// Unix ms; nil while a request is on its way.
    public let nextTry: Int64?
}

extension Link {
    /// How a lane stands.
    public func standing(_ lane: Lane) -> LaneStanding {
        LaneStanding(
            lane: lane,
            doing: doing(lane),
            since: began[lane]?.at ?? 0,
            awaits: awaited(lane),
            nextTry: nextTry[lane]
        )
    }

    private func awaited(_ lane: Lane) -> LaneStanding.Awaited {
        if isBusy.contains(lane) { return lane == .read && reading == .waiting ? .news : .reply }
        let isNamed = notBefore > 0 && nextTry[lane].map { $0 <= notBefore } == true
        switch doing(lane) {
        case .waitsForHello, .waitsForSnapshots: return .otherLane
        case _ where isNamed || backoff[lane]?.isFailing == true: return .pause
        case let doing: return doing == .idle ? .work : .turn
        }
    }

    private func doing(_ lane: Lane) -> LaneStanding.Doing { lane == .exchange ? exchange.doing : reading.doing }

    /// Keeps since when the lanes do what they do, and when they were told to try next.
    mutating func noteStanding(_ actions: [LinkAction], now: Int64) {
        for lane in Lane.allCases {
            let doing = doing(lane)
            if began[lane]?.doing != doing { began[lane] = (doing, now) }
        }
        for action in actions {
            switch action {
            case .send(let lane, _): nextTry[lane] = nil
            case .sleep(let lane, let until): nextTry[lane] = until
            case .abandon, .purge: break
            }
        }
    }

    /// The pause before a lane tries again.
    ///
    /// What the office named is the least for both lanes, whatever wakes them meanwhile.
    mutating func pause(_ lane: Lane, now: Int64, retryAfter: Int64? = nil) -> Int64 {
        let delay = backoff[lane]?.delay(now: now, retryAfter: retryAfter) ?? 1_000
        if retryAfter != nil { notBefore = max(notBefore, now + delay) }
        return delay
    }

    /// Until when nothing may be asked; nil if it may.
    ///
    /// A clock that was set back must not lengthen it.
    func pausedUntil(now: Int64) -> Int64? { notBefore > now && notBefore - now <= Backoff.most ? notBefore : nil }
}

extension Link.Exchange {
    fileprivate var doing: LaneStanding.Doing {
        switch self {
        case .hello: .hello
        case .comparingLogs: .comparingLogs
        case .refetching: .refetching
        case .refreshing: .refreshing
        case .waitsForSnapshots: .waitsForSnapshots
        case .recovering: .recovering
        case .pushing: .pushing
        case .receipts: .receipts
        case .idle: .idle
        }
    }
}

extension Link.Reading {
    fileprivate var doing: LaneStanding.Doing {
        switch self {
        case .waitsForHello: .waitsForHello
        case .snapshot: .snapshot
        case .pulling: .pulling
        case .probing: .probing
        case .fetching: .fetching
        case .waiting: .waiting
        }
    }
}
