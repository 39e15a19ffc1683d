import Foundation
import PackagePlugin

/// Turns the files of a directory into one Swift file of the target, and again when one of them changes.
@main
struct EmbedTexts: BuildToolPlugin {
    /// What each target embeds.
    private static let sources = [
        "Migrations": (directory: "migrations", pathExtension: "sql")
    ]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let source = Self.sources[target.name] else {
            throw NothingToEmbed(what: target.name)
        }
        let directory = context.package.directoryURL.appending(path: source.directory)
            .resolvingSymlinksInPath()
        let inputs = try FileManager.default
            .contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == source.pathExtension }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        guard !inputs.isEmpty else { throw NothingToEmbed(what: directory.path) }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText+all.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) files of \(source.directory)",
                executable: try context.tool(named: "embed-texts").url,
                arguments: [output.path] + inputs.map(\.path),
                inputFiles: inputs,
                outputFiles: [output]
            )
        ]
    }
}

struct NothingToEmbed: Error, CustomStringConvertible {
    var what: String

    var description: String { "There is nothing to embed for \(what)." }
}
