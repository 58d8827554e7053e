// swift-tools-version: 6.2
import PackageDescription

/// Swift 6 language mode comes with the tools version; every warning is an error.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

func library(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .target(name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// A module of the platform: it knows the kernel and nothing of the others.
func module(_ name: String) -> Target {
  library(name, ["Encoding", "Kernel", "Quantities"], path: "Sources/Modules/\(name)")
}

/// The modules M1 to M8; M9 also knows the market.
let modules: [Target.Dependency] = [
  "Comfort", "ConsumerFlexibility", "NeighbourhoodFlexibility", "EnergyMonitoring", "DERManagement", "Risk", "TwinEV",
  "Social",
]

let collections = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "twinergy",
  products: [.executable(name: "twinergy", targets: ["twinergy"])],
  dependencies: [
    // Persistent hash maps: a snapshot of the state is a copy, a rollback is a drop.
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    // SQLite with checked statements, WAL and online backup.
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    // An HTTP/1.1 server, and what it is made of where this package needs that by name.
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    // Subcommands, help and usage errors of the command line.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CNATS", providers: [.apt(["libnats-dev"])]),

    // Pure: same input, same output.
    library("Encoding", []),
    library("Cryptography", ["Encoding", "CSodium", "CCrypto"]),
    library("Quantities", ["Encoding"]),
    library("Market", ["Encoding", "Quantities"]),
    library("Log", ["Encoding", "Cryptography", "Quantities", collections]),
    library("Kernel", ["Encoding", "Quantities", collections]),
    library(
      "Transactive", ["Encoding", "Cryptography", "Kernel", "Quantities", "Market", collections],
      path: "Sources/Modules/Transactive"),
    module("Comfort"), module("ConsumerFlexibility"), module("NeighbourhoodFlexibility"), module("EnergyMonitoring"),
    module("DERManagement"), module("Risk"), module("TwinEV"), module("Social"),
    library("Community", ["Encoding", "Cryptography", "Quantities", "Log", "Kernel", "Transactive"] + modules),
    library("Consensus", ["Cryptography", "Log"]),
    library("Replica", ["Encoding", "Cryptography", "Quantities", "Log", "Community", "Consensus"]),
    // A simulated world for tests: clock, network, disks and liars under one seed.
    library(
      "Simulation",
      ["Encoding", "Cryptography", "Quantities", "Log", "Community", "Consensus", "Replica"]),

    // Analytics: the same numbers for the same input, but in floating point, so no validator computes them again.
    library("Planning", ["Encoding", "Quantities", "Market"]),

    // What a program is told when it starts.
    library("NodeSettings", ["Encoding"]),

    // Edges.
    library("NATS", ["Encoding", "Cryptography", "CNATS"]),
    library("Storage", ["Encoding", "Cryptography", "Log", grdb]),
    library(
      "Node",
      [
        "Encoding", "Cryptography", "Quantities", "Log", "Kernel", "Community", "Consensus", "Replica", "Storage",
      ]),
    library("Peering", ["NATS", "Node"]),
    library(
      "Platform",
      [
        "Encoding", "Cryptography", "Quantities", "Log", "Kernel", "Transactive", "Community", "Storage", "Node",
        "NATS",
      ]),
    library(
      "Web",
      [
        "Encoding", "Cryptography", "Quantities", "Log", "Kernel", "Transactive", "Community", "Storage", "Node",
        "Platform", hummingbird, httpTypes, nio, nioHTTPTypes, lifecycle, logging,
      ]),
    library("Audit", ["Encoding", "Cryptography", "Quantities", "Log", "Storage"]),

    // Programs.
    .executableTarget(
      name: "twinergy",
      dependencies: [
        "Encoding", "Cryptography", "Quantities", "Market", "Planning", "Log", "Kernel", "Transactive", "Community",
        "NodeSettings", "Storage", "Node", "NATS", "Peering", "Platform", "Audit", "Web",
        arguments,
      ],
      resources: [.copy("Days")],
      swiftSettings: strict),
    .executableTarget(
      name: "bench",
      dependencies: [
        "CSodium", "CNATS", "Encoding", "Cryptography", "Quantities", "Market", "Log", "Kernel", "Transactive",
        "Community", "Storage", "Node", "NATS", "Platform", "Audit", arguments,
      ],
      path: "Sources/Bench",
      swiftSettings: strict),

    // Tests.
    .target(name: "Chance", path: "Tests/Chance", swiftSettings: strict),
    .target(
      name: "Village",
      dependencies: ["Community", "Transactive", "Kernel", "Log", "Cryptography", "Quantities", "Encoding"],
      path: "Tests/Village", swiftSettings: strict),
    tests("EncodingTests", ["Chance", "Encoding"]),
    tests("QuantitiesTests", ["Chance", "Quantities", "Encoding"]),
    tests("MarketTests", ["Market", "Quantities", "Encoding"]),
    tests("PlanningTests", ["Chance", "Planning", "Market", "Quantities", "Encoding"]),
    tests("CryptographyTests", ["Cryptography", "Encoding"], resources: [.copy("Vectors")]),
    tests("LogTests", ["Chance", "Log", "Cryptography", "Encoding", "Quantities"], resources: [.copy("Vectors")]),
    tests("ConsensusTests", ["Chance", "Consensus", "Log", "Cryptography"], resources: [.copy("Vectors")]),
    tests("SimulationTests", ["Simulation", "Replica", "Log"]),
    .target(name: "NATSServer", path: "Tests/NATSServer", swiftSettings: strict),
    tests("NATSTests", ["NATSServer", "NATS", "Cryptography"]),
    tests("PeeringTests", ["Peering", "NATS", "Node"]),
    tests("KernelTests", ["Village", "Community", "Kernel", "Quantities", "Encoding"]),
    tests(
      "TransactiveTests",
      [
        "Chance", "Village", "Community", "Transactive", "Kernel", "Log", "Cryptography", "Quantities", "Encoding",
        "Market",
      ]),
    tests(
      "CommunityTests",
      ["Village", "Community", "Transactive", "Kernel", "Log", "Cryptography", "Quantities", "Encoding"]),
    tests(
      "PlatformTests",
      [
        "Village", "NATSServer", "Platform", "NATS", "Node", "Storage", "Community", "Transactive", "Kernel", "Log",
        "Cryptography", "Quantities", "Encoding",
      ]),
    tests(
      "ModuleTests", ["Village", "Community", "Kernel", "Log", "Cryptography", "Quantities", "Encoding"] + modules),
    tests("StorageTests", ["Village", "Storage", "Community", "Log", "Cryptography", "Quantities", grdb]),
    tests(
      "NodeTests",
      [
        "Chance", "Village", "Node", "Replica", "Consensus", "Storage", "Community", "Transactive", "Kernel", "Log",
        "Audit",
        "Cryptography", "Quantities", "Encoding", grdb,
      ]),
    tests(
      "AuditTests",
      ["Village", "Simulation", "Audit", "Storage", "Community", "Log", "Cryptography", "Quantities", "Encoding"]),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Audit", "Community", "Cryptography", "Encoding", "Kernel", "Log", "Market", "NodeSettings", "Planning",
        "Quantities", "Replica", "Storage", "Village", grdb,
      ],
      path: "Tests/FuzzTargets", swiftSettings: strict),
    tests("FuzzTests", ["Chance", "FuzzTargets", "Encoding"], resources: [.copy("Corpus")]),
    .target(
      name: "FaultyDisk", path: "Tests/FaultyDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
    tests(
      "CareTests",
      ["FaultyDisk", "Village", "Audit", "Node", "Storage", "Community", "Log", "Quantities", "Encoding"]),
    tests(
      "WebTests", ["Chance", "Web", "Village", "Node", "Storage", "Log", "Quantities", hummingbird, httpTypes]),
    tests("NodeSettingsTests", ["NodeSettings"]),
    tests("CommandTests", ["twinergy", "Village", "Storage", "Log"]),
    tests("BenchTests", ["bench"]),
  ]
)

// Only `Tools/fuzz` asks for this: the program under libFuzzer, which is built with other settings in a folder of its own.
if Context.environment["TWINERGY_FUZZ"] != nil {
  package.products.append(.executable(name: "fuzz", targets: ["fuzz"]))
  package.targets.append(
    .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Tools/fuzzing", swiftSettings: strict))
}
