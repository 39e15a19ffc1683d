// swift-tools-version: 6.2

import PackageDescription

// The tests play whole histories of tasks, for which optimised code takes half the time: the scripts ask for it. Who
// debugs builds without, and packages that depend on this one do, too.
let optimisation: [SwiftSetting] =
    Context.environment["GNOMON_OPTIMISED"] == nil
    ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
let strictAndSafe = strict + [.strictMemorySafety()] + optimisation

// Debian's simdjson.pc carries a definition that SwiftPM does not let through, and its paths are the default
// ones; Homebrew's paths are not.
#if os(macOS)
    let simdjsonPackage: String? = "simdjson"
#else
    let simdjsonPackage: String? = nil
#endif

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

let package = Package(
    name: "gnomon",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gnomon", targets: ["gnomon"]),
        .library(name: "Statistics", targets: ["Statistics"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git",
            from: "2.28.1",
            traits: []
        ),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git",
            from: "2.13.0"
        ),
    ],
    targets: [
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(
            name: "CPostgres",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(
            name: "CSimdJSONLibrary",
            pkgConfig: simdjsonPackage,
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]
        ),
        .target(
            name: "CSimdJSON",
            dependencies: ["CSimdJSONLibrary"],
            linkerSettings: [.linkedLibrary("simdjson")]
        ),

        .target(name: "Statistics", dependencies: [realModule], swiftSettings: strictAndSafe),
        .target(name: "Evaluation", dependencies: ["Statistics"], swiftSettings: strictAndSafe),
        .target(
            name: "Ingest",
            dependencies: ["CSimdJSON", "CZlib", "Evaluation", crypto],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Postgres",
            dependencies: ["CPostgres", logging],
            swiftSettings: strict + optimisation
        ),
        .target(
            name: "EmbeddedPostgres",
            dependencies: ["Postgres", logging],
            swiftSettings: strictAndSafe
        ),
        .executableTarget(name: "embed-texts", swiftSettings: strictAndSafe),
        .plugin(
            name: "EmbedTexts",
            capability: .buildTool(),
            dependencies: ["embed-texts"]
        ),
        .target(
            name: "Migrations",
            dependencies: ["Postgres", logging],
            swiftSettings: strictAndSafe,
            plugins: ["EmbedTexts"]
        ),
        .target(
            name: "Store",
            dependencies: ["Evaluation", "Ingest", "Postgres"],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Harness",
            dependencies: [
                "Contract", "Evaluation", "Ingest", "Postgres", "Store", "Statistics", crypto,
            ],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Contract",
            dependencies: ["Evaluation"],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Presentation",
            dependencies: ["Contract", "Evaluation"],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Dashboard",
            dependencies: ["Contract", "Evaluation", "Presentation"],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Endpoints",
            dependencies: [
                "Contract", "Evaluation", "Harness", "Ingest", "Postgres", "Presentation",
            ],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "WebServer",
            dependencies: [
                "Contract", "Dashboard", "Endpoints", "Evaluation", "Harness", "Ingest",
                "Migrations", "Postgres", "Presentation", "Store", crypto, httpTypes, logging,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "Commands",
            dependencies: [
                "CMalloc", "Contract", "Dashboard", "EmbeddedPostgres", "Endpoints", "Evaluation",
                "Harness", "Ingest", "Migrations", "Postgres", "Presentation", "Store", "WebServer",
                argumentParser, logging,
            ],
            swiftSettings: strictAndSafe
        ),
        .executableTarget(name: "gnomon", dependencies: ["Commands"], swiftSettings: strictAndSafe),

        .target(
            name: "DecisionScenarios",
            dependencies: ["Evaluation", "Statistics"],
            path: "Tests/DecisionScenarios",
            swiftSettings: strictAndSafe
        ),
        .target(
            name: "TestSupport",
            dependencies: ["EmbeddedPostgres", "Migrations", "Postgres"],
            path: "Tests/TestSupport",
            swiftSettings: strictAndSafe
        ),
        .testTarget(
            name: "StatisticsTests",
            dependencies: ["Statistics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["DecisionScenarios", "Evaluation", "Statistics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DecisionTests",
            dependencies: ["DecisionScenarios", "Evaluation", "Statistics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "IngestTests",
            dependencies: ["Ingest", "Evaluation"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["EmbeddedPostgres", "Postgres", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MigrationsTests",
            dependencies: ["Migrations", "Postgres", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Evaluation", "Ingest", "Postgres", "Store", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HarnessTests",
            dependencies: [
                "Contract", "DecisionScenarios", "Evaluation", "Harness", "Ingest", "Postgres",
                "Statistics", "Store", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "Contract", "Endpoints", "Evaluation", "Harness", "Ingest", "Postgres",
                "Presentation", "Store", "WebServer", argumentParser, httpTypes,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ContractTests",
            dependencies: ["Contract", "Evaluation", "Statistics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PresentationTests",
            dependencies: ["Contract", "Evaluation", "Presentation"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: ["Contract", "Dashboard", "Evaluation", "Presentation"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WebServerTests",
            dependencies: [
                "Contract", "Dashboard", "DecisionScenarios", "EmbeddedPostgres", "Evaluation",
                "Harness", "Ingest", "Migrations", "Postgres", "Statistics", "Store", "TestSupport",
                "WebServer", "gnomon", httpTypes, logging,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["Contract", "EmbeddedPostgres", "Postgres", "TestSupport", "gnomon"],
            exclude: ["__Snapshots__"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: ["EmbeddedPostgres", "Postgres", "TestSupport", "gnomon"],
            swiftSettings: strict
        ),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ]
)

// They see what is internal to the package, so that they belong to it; who builds for tests need not link them.
if Context.environment["GNOMON_BENCHMARKS"] != nil {
    package.targets += [
        .executableTarget(
            name: "statistics-benchmark",
            dependencies: ["Statistics"],
            path: "Benchmarks/statistics-benchmark",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "gnomon-benchmark",
            dependencies: [
                "EmbeddedPostgres", "Evaluation", "Harness", "Ingest", "Migrations", "Postgres",
                "Statistics", "Store",
            ],
            path: "Benchmarks/gnomon-benchmark",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "decision-simulation",
            dependencies: ["DecisionScenarios", "Evaluation", "Statistics"],
            path: "Benchmarks/decision-simulation",
            swiftSettings: strict
        ),
    ]
}
