import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

extension FaultTests {
    /// A disk that fills up under an upload.
    struct DiskFullTests {
        @Test(.enabled(if: SmallDisk.isPossible, "Needs root on Linux, to mount a small disk."))
        func `T4: a disk that fills up under an upload is one clear line and leaves nothing half`()
            async throws
        {
            try await FaultInput.with(seed: FaultSettings.seed) { input in
                try await FaultCluster.with { cluster in
                    try await SmallDisk.with(ownerOf: cluster) { disk in
                        for scenario in Scenario.all(input).prefix(3) {
                            try await fill(disk, under: Rehearsal(scenario, on: cluster))
                        }
                    }
                }
            }
        }

        private func fill(_ disk: SmallDisk, under rehearsal: Rehearsal) async throws {
            let name = rehearsal.scenario.name
            let database = try await rehearsal.begin(tablespace: SmallDisk.tablespace)
            let gnomon = try Gnomon(database: database)
            // A first session has files of its own to write.
            #expect(try await gnomon.state() == rehearsal.before)
            try disk.fill()
            let outcome = try await gnomon.run(rehearsal.scenario.upload)
            print("\(name): \(outcome.errors)", terminator: "")
            #expect(outcome.status == 1, "\(name)")
            #expect(outcome.errors.isOneLine, "\(name): \(outcome.errors)")
            #expect(outcome.errors.contains("The database's disk is full"), "\(name)")
            #expect(outcome.output == "", "\(name)")
            try disk.free()
            let between = try await gnomon.state()
            #expect(
                between == rehearsal.before,
                "\(name): \(between.difference(from: rehearsal.before))"
            )
            try await rehearsal.rerun(database, name)
            try await rehearsal.cluster.drop(database)
        }
    }
}

/// A file system of some megabytes, in memory, with a tablespace on it.
private struct SmallDisk {
    var path: String

    static let tablespace = "small"

    #if os(Linux)
        static let isPossible = canMount()
    #else
        static let isPossible = false
    #endif

    /// An empty database with the task takes about 10 MB.
    private static let size = "48m"
    /// Left by the filler: too little for the rows of any upload of the tests.
    private static let left = 64 * 1024
    private var filler: String { "\(path)/filler" }

    /// Runs the body with the disk, which belongs to the account that runs the server.
    static func with(
        ownerOf cluster: FaultCluster,
        _ body: (SmallDisk) async throws -> Void
    ) async throws {
        let data = "\(cluster.server.directory)/data"
        let attributes = try FileManager.default.attributesOfItem(atPath: data)
        let owner = try #require(attributes[.ownerAccountID] as? NSNumber).intValue
        let path = "/tmp/gnomon-small-disk-\(UUID().uuidString)"
        try mount(path, options: "size=\(size),mode=0700,uid=\(owner)")
        defer { try? unmount(path) }
        try await cluster.administrators.withConnection { connection in
            try await connection.execute(
                "CREATE TABLESPACE \(identifier: tablespace) LOCATION \(literal: path)"
            )
        }
        try await body(SmallDisk(path: path))
    }

    /// Takes up what is free, but for very little.
    func fill() throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
        let free = try #require(attributes[.systemFreeSize] as? NSNumber).intValue
        try Data(count: max(0, free - Self.left)).write(to: URL(fileURLWithPath: filler))
    }

    func free() throws {
        try FileManager.default.removeItem(atPath: filler)
    }

    // MARK: Mounting

    private static func canMount() -> Bool {
        guard geteuid() == 0 else { return false }
        let path = "/tmp/gnomon-small-disk-\(UUID().uuidString)"
        guard (try? mount(path, options: "size=1m,mode=0700")) != nil else { return false }
        return (try? unmount(path)) != nil
    }

    private static func mount(_ path: String, options: String) throws {
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false
        )
        do {
            try run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    private static func unmount(_ path: String) throws {
        // Lazily: the server may still have files open.
        try run("umount", "--lazy", path)
        try FileManager.default.removeItem(atPath: path)
    }

    private static func run(_ arguments: String...) throws {
        let outcome = try Command(arguments: ["/usr/bin/env"] + arguments).run()
        guard outcome.status == 0 else {
            throw NotMounted(reason: outcome.errors)
        }
    }

    struct NotMounted: Error {
        var reason: String
    }
}
