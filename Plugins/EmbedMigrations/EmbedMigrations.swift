import Foundation
import PackagePlugin

/// Turns `migrations/*.sql` into one Swift file of the target, and again when one of them changes.
@main
struct EmbedMigrations: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let directory = context.package.directoryURL.appending(path: "migrations")
            .resolvingSymlinksInPath()
        let inputs = try FileManager.default
            .contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        guard !inputs.isEmpty else { throw NoMigrations(directory: directory.path) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Migration+all.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) migrations",
                executable: try context.tool(named: "embed-migrations").url,
                arguments: [output.path] + inputs.map(\.path),
                inputFiles: inputs,
                outputFiles: [output]
            )
        ]
    }
}

struct NoMigrations: Error, CustomStringConvertible {
    var directory: String

    var description: String { "There are no migrations in \(directory)." }
}
