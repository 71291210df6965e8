import Appeals

/// The operations of one log, by their numbers.
struct MemoryLog {
    private(set) var records: [OperationRecord] = []

    /// The first place whose number is not before `number`; in a log without holes, at once.
    private func place(of number: Int64) -> Int {
        guard let first = records.first?.number, number > first else { return 0 }
        let guess = Int(min(number - first, Int64(records.count)))
        if guess == records.count ? records[guess - 1].number < number : records[guess].number == number {
            return guess
        }
        var (low, high) = (0, records.count)
        while low < high {
            let middle = (low + high) / 2
            if records[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    subscript(_ number: Int64) -> OperationRecord? {
        get {
            let place = place(of: number)
            return place < records.count && records[place].number == number ? records[place] : nil
        }
        set {
            let place = place(of: number)
            let isThere = place < records.count && records[place].number == number
            switch (isThere, newValue) {
            case (true, let record?): records[place] = record
            case (false, let record?): records.insert(record, at: place)
            case (true, nil): records.remove(at: place)
            case (false, nil): break
            }
        }
    }

    func page(after number: Int64, limit: Int) -> [OperationRecord] {
        let start = place(of: number == .max ? number : number + 1)
        return start == 0 && limit >= records.count ? records : Array(records[start...].prefix(limit))
    }
}
