/// Which target may import what: the first table, and what goes beyond it with the reason.
enum Imports {
    static let table: [String: Set<String>] = {
        let pure: Set<String> = ["CanonicalJSON", "Cryptography", "Appeals", "Replication"]
        let all = pure.union(["Storage", "Transport"])
        return [
            "CanonicalJSON": [],
            "Cryptography": ["COpenSSL", "CPlatform"],
            "Appeals": ["CanonicalJSON"],
            "Finding": [],
            "Replication": ["Appeals", "CanonicalJSON", "Cryptography", "Finding"],
            "Accounts": ["Cryptography"],
            "Pictures": ["CQrencode"],
            "Papers": ["CanonicalJSON"],
            "Locks": ["Glibc"],
            "Storage": pure.union(["Finding", "CSQLite", "CPlatform"]),
            "Transport": ["CPlatform", "COpenSSL", "CCurl", "CZlib", "Glibc", "Synchronization", "Cryptography"],
            "Desk": pure.union(["Accounts", "Finding"]),
            "Commands": pure.union(["Accounts", "Desk"]),
            "Web": pure.union(["Accounts", "Finding", "Papers", "Pictures", "Desk", "Commands"]),
            "Node": all.union(["Accounts", "Papers", "Web", "Desk", "Commands", "FoundationEssentials", "Dispatch"]),
            "Conformance": pure.union(["Desk", "Commands", "Node", "Transport", "Dispatch"]),
            "kartoteka": ["Desk", "Commands", "Node", "Conformance", "Appeals", "Pictures", "FoundationEssentials"],
            "kartoteka-paper": ["Papers", "CPango", "CQPDF"],
            "SimulatedDisk": ["CSQLite"],
            "Simulator": pure.union(["Storage", "SimulatedDisk"]),
            "simulate": ["Simulator"],
            "benchmark": all.union([
                "Accounts", "Finding", "Desk", "Commands", "Node", "CSQLite", "FoundationEssentials", "Dispatch",
            ]),
            "fuzz": pure.union(["Desk", "Commands", "Node", "Transport", "Glibc"]),
        ]
    }()

    /// What is allowed beyond the table, and why; Sources/README.md repeats the reasons.
    static let beyond: [String: [String: String]] = [
        "Appeals": ["Cryptography": "an operation is named by the SHA-256 of its bytes"],
        "Web": [
            "WebAssets": "the files of the pages lie in the program",
            "Locks": "the place in its file of the import that is at work",
        ],
        "Storage": [
            "Glibc": "file modes and syncing of directories", "Locks": "connections are lent under a lock",
            "Synchronization": "readers take turns by a counter",
        ],
        "Desk": ["Locks": "threads share the calendar that was read last"],
        "Transport": ["Locks": "what callers and the loop's thread share"],
        "Node": [
            "Glibc": "files, locks and the clock without Foundation", "Locks": "state shared by its queues",
            "Synchronization": "counters and flags shared by its queues",
            "CInih": "the configuration is read by an existing parser; INILines alone touches it",
            "CPlatform": "ignores SIGPIPE for the whole process",
        ],
        "Conformance": ["Glibc": "runs the command that stands for a person, and waits"],
        "kartoteka": ["CanonicalJSON": "prints what commands give", "Glibc": "exit codes and the terminal"],
        "kartoteka-paper": ["CanonicalJSON": "reads the paper", "Glibc": "its limits, what it is given and gives"],
        "SimulatedDisk": ["Synchronization": "every VFS of the process has a name of its own"],
        "simulate": ["Glibc": "exit codes"],
        "benchmark": [
            "Glibc": "clock, processes and exit codes", "Locks": "what its clients share",
            "Synchronization": "counters shared by its clients",
        ],
    ]

    /// C modules, which may lean on each other only.
    private static let cTargets: Set<String> = [
        "CPlatform", "COpenSSL", "CCurl", "CSQLite", "CInih", "CZlib", "CQrencode", "CPango", "CQPDF", "WebAssets",
    ]

    /// Targets that must give the same result for the same input: no clock, no chance, no concurrency of their own.
    private static let deterministic: Set<String> = [
        "CanonicalJSON", "Appeals", "Accounts", "Finding", "Papers", "Pictures", "Replication", "Desk", "Commands",
        "Web", "Simulator",
    ]
    private static let undetermined: Set<String> = [
        "Date", "Task", "async", "await", "SystemRandomNumberGenerator", "ContinuousClock", "SuspendingClock",
        "randomElement", "shuffled",
    ]

    static func allows(_ target: String, _ module: String) -> Bool {
        table[target]?.contains(module) == true || beyond[target]?[module] != nil
    }

    static func violations(in source: SwiftSource) -> [Violation] {
        guard let allowed = table[source.target] else {
            return [
                Violation(
                    source.path,
                    "the target \(source.target) has no row in the import table",
                    remedy: "Add it to Imports.table in Tests/HouseTests/Imports.swift and to Sources/README.md"
                )
            ]
        }
        let names = allowed.union((beyond[source.target] ?? [:]).keys).sorted().joined(separator: ", ")
        return imports(source).filter { !allows(source.target, $0.module) }.map { line, module in
            Violation(
                source.path,
                line,
                "\(source.target) imports \(module)",
                remedy:
                    "It may import \(names.isEmpty ? "nothing" : names); move the code to a target that may, or pass in what it needs"
            )
        } + undeterminedWords(source)
    }

    /// Modules with the lines that import them.
    static func imports(_ source: SwiftSource) -> [(line: Int, module: String)] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return source.code.enumerated().compactMap { place, line in
            var words = SwiftSource.words(line)[...]
            while let first = words.first,
                first.hasPrefix("@")
                    || ["public", "internal", "package", "private", "fileprivate", "_spi"].contains(first)
            {
                words.removeFirst()
            }
            guard words.popFirst() == "import" else { return nil }
            return words.first { !kinds.contains($0) }.map { (place + 1, $0) }
        }
    }

    private static func undeterminedWords(_ source: SwiftSource) -> [Violation] {
        guard deterministic.contains(source.target) else { return [] }
        return source.code.enumerated().flatMap { place, line in
            SwiftSource.words(line).filter { undetermined.contains($0) }.map {
                Violation(
                    source.path,
                    place + 1,
                    "\($0) in \(source.target)",
                    remedy: "Time, chance and concurrency come in from outside; take them as input"
                )
            }
        }
    }

    /// The same table, and the order from below to above, for the dependencies of Package.swift.
    static func violations(in manifest: [Manifest.Target]) -> [Violation] {
        var above: Set<String> = []
        var found: [Violation] = []
        for target in manifest {
            for module in target.dependencies where !above.contains(module) {
                found.append(
                    Violation(
                        "Package.swift",
                        target.line,
                        "\(target.name) depends on \(module), which is not above it",
                        remedy: "Move \(target.name) below \(module)"
                    )
                )
            }
            if !target.isTest, !cTargets.contains(target.name) {
                for module in target.dependencies where !allows(target.name, module) {
                    found.append(
                        Violation(
                            "Package.swift",
                            target.line,
                            "\(target.name) depends on \(module)",
                            remedy: "The import table does not allow it; take the dependency out"
                        )
                    )
                }
            }
            above.insert(target.name)
        }
        return found
    }
}
