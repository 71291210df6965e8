// swift-tools-version: 6.2
import PackageDescription

// Each target may import only targets above it. See Sources/README.md for the picture.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// The pure core is optimised in debug builds too, its assertions alive: nearly all the time of the tests is spent in it.
let core = strict + [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]

let package = Package(
    name: "Kartoteka",
    products: [
        .library(name: "CanonicalJSON", targets: ["CanonicalJSON"]),
        .library(name: "Cryptography", targets: ["Cryptography"]),
        .library(name: "Appeals", targets: ["Appeals"]),
        .library(name: "Replication", targets: ["Replication"]),
        .executable(name: "kartoteka", targets: ["kartoteka"]),
        .executable(name: "kartoteka-paper", targets: ["kartoteka-paper"]),
        .executable(name: "simulate", targets: ["simulate"]),
        .executable(name: "benchmark", targets: ["benchmark"]),
    ],
    targets: [
        // C: system libraries, and what Swift cannot see of Linux.
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CInih", pkgConfig: "inih", providers: [.apt(["libinih-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CPango",
            pkgConfig: "pangocairo",
            providers: [.apt(["libcairo2-dev", "libpango1.0-dev"])]
        ),
        .systemLibrary(name: "CQPDF", pkgConfig: "libqpdf", providers: [.apt(["libqpdf-dev"])]),
        .target(name: "CPlatform", dependencies: ["COpenSSL", "CCurl"]),
        .target(name: "WebAssets", exclude: ["ui"]),
        // Pure.
        .target(name: "CanonicalJSON", swiftSettings: core),
        .target(name: "Cryptography", dependencies: ["COpenSSL", "CPlatform"], swiftSettings: core),
        .target(name: "Appeals", dependencies: ["CanonicalJSON", "Cryptography"], swiftSettings: core),
        .target(name: "Finding", swiftSettings: core),
        .target(
            name: "Replication",
            dependencies: ["Appeals", "CanonicalJSON", "Cryptography", "Finding"],
            swiftSettings: core
        ),
        .target(name: "Accounts", dependencies: ["Cryptography"], swiftSettings: strict),
        .target(name: "Pictures", dependencies: ["CQrencode"], swiftSettings: strict),
        .target(name: "Papers", dependencies: ["CanonicalJSON"], swiftSettings: strict),
        // Input and output.
        .target(name: "Locks", swiftSettings: strict),
        .target(
            name: "Transport",
            dependencies: ["CPlatform", "COpenSSL", "CCurl", "CZlib", "Cryptography", "Locks"],
            swiftSettings: strict
        ),
        .target(
            name: "Storage",
            dependencies: [
                "Replication", "Appeals", "CanonicalJSON", "Cryptography", "Finding", "CSQLite", "CPlatform", "Locks",
            ],
            swiftSettings: strict
        ),
        // What people ask and do, and its face at the terminal.
        .target(
            name: "Desk",
            dependencies: ["Accounts", "Appeals", "CanonicalJSON", "Cryptography", "Finding", "Locks", "Replication"],
            swiftSettings: strict
        ),
        .target(
            name: "Commands",
            dependencies: ["Accounts", "Appeals", "CanonicalJSON", "Cryptography", "Desk", "Replication"],
            swiftSettings: strict
        ),
        // The same in a browser, and for programs.
        .target(
            name: "Web",
            dependencies: [
                "Accounts", "Appeals", "CanonicalJSON", "Commands", "Cryptography", "Desk", "Finding", "Locks",
                "Papers",
                "Pictures",
                "Replication", "WebAssets",
            ],
            swiftSettings: strict
        ),
        // Whole.
        .target(
            name: "Node",
            dependencies: [
                "Accounts", "Appeals", "CInih", "CPlatform", "CanonicalJSON", "Commands", "Cryptography", "Desk",
                "Locks", "Papers", "Replication", "Storage", "Transport", "Web",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Conformance",
            dependencies: [
                "Appeals", "CanonicalJSON", "Commands", "Cryptography", "Desk", "Node", "Replication", "Transport",
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "kartoteka",
            dependencies: ["Appeals", "CanonicalJSON", "Commands", "Conformance", "Desk", "Node", "Pictures"],
            swiftSettings: strict
        ),
        // A process of its own, so that no node holds what it is linked with.
        .executableTarget(
            name: "kartoteka-paper",
            dependencies: ["CPango", "CQPDF", "CanonicalJSON", "Papers"],
            swiftSettings: strict
        ),
        .target(name: "SimulatedDisk", dependencies: ["CSQLite"], swiftSettings: strict),
        .target(
            name: "Simulator",
            dependencies: ["Replication", "Appeals", "CanonicalJSON", "Cryptography", "SimulatedDisk", "Storage"],
            swiftSettings: strict
        ),
        .executableTarget(name: "simulate", dependencies: ["Simulator"], swiftSettings: strict),
        .executableTarget(
            name: "benchmark",
            dependencies: [
                "Accounts", "Appeals", "CSQLite", "CanonicalJSON", "Commands", "Cryptography", "Desk", "Finding",
                "Locks",
                "Node", "Replication", "Storage", "Transport",
            ],
            swiftSettings: strict
        ),
        // Tests, mirrored.
        .testTarget(name: "CanonicalJSONTests", dependencies: ["CanonicalJSON"], swiftSettings: strict),
        .testTarget(
            name: "CryptographyTests",
            dependencies: ["Cryptography", "COpenSSL", "CPlatform"],
            swiftSettings: strict
        ),
        .testTarget(name: "AccountsTests", dependencies: ["Accounts", "Cryptography"], swiftSettings: strict),
        .testTarget(name: "PicturesTests", dependencies: ["Pictures"], swiftSettings: strict),
        .testTarget(name: "FindingTests", dependencies: ["Finding"], exclude: ["Samples"], swiftSettings: strict),
        .testTarget(
            name: "AppealsTests",
            dependencies: ["Appeals", "CanonicalJSON", "Cryptography"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "Replication", "Appeals", "CanonicalJSON", "Cryptography", "CSQLite", "Finding", "Simulator",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "NodeTests",
            dependencies: [
                "Appeals", "CanonicalJSON", "Commands", "Cryptography", "Desk", "Locks", "Node", "Papers",
                "Replication",
                "Simulator", "Transport", "Web",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Accounts", "Appeals", "CanonicalJSON", "Commands", "Cryptography", "Desk", "Node", "Papers",
                "Replication", "Simulator", "Web",
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "BenchmarkTests", dependencies: ["benchmark", "CanonicalJSON"], swiftSettings: strict),
        .testTarget(
            name: "SimulatorTests",
            dependencies: ["Simulator", "SimulatedDisk", "Storage", "Replication", "Appeals", "CanonicalJSON"],
            exclude: ["Scenarios"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: ["Transport", "Cryptography", "CPlatform", "Locks"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ReplicationTests",
            dependencies: ["Replication", "Appeals", "CanonicalJSON", "Cryptography", "Simulator"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProtocolTests",
            dependencies: ["Replication", "Appeals", "CanonicalJSON", "Cryptography", "Locks"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HouseTests",
            dependencies: ["Appeals", "Commands", "Conformance", "Desk", "Node", "Replication", "Storage"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// Only for deploy/fuzz, which links the driver that this target needs.
if Context.environment["KARTOTEKA_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Appeals", "CanonicalJSON", "Commands", "Cryptography", "Desk", "Node", "Replication", "Transport",
            ],
            path: "Tests/fuzz",
            exclude: ["Corpus"],
            swiftSettings: strict
        )
    )
}
