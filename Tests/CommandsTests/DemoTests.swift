import ArgumentParser
import Testing

@testable import Commands
import Presentation

@Suite struct DemoTests {
    private let story = DemoStory(files: DemoFiles(directory: "/a path/fixtures"))

    @Test func `every command line that the demo shows can be parsed and run`() throws {
        for arguments in story.screens.flatMap(\.commands) {
            let command = try Gnomon.parseAsRoot(arguments)
            #expect(command is any ResultCommand, "\(arguments)")
        }
    }

    @Test func `the lines shown are quoted for the shell and fit the width`() {
        for arguments in story.screens.flatMap(\.commands) {
            let lines = DemoCommand.prompt(arguments)
            #expect(lines.allSatisfy { $0.count <= Document.width }, "\(lines)")
        }
        #expect(DemoCommand.prompt(["a b", "it's"]) == [#"$ gnomon 'a b' 'it'\''s'"#])
    }

    @Test func `what comes next can be parsed`() throws {
        for line in DemoStory.next {
            let words = line.split(separator: " ").map(String.init)
            #expect(words.first == "gnomon")
            #expect(try Gnomon.parseAsRoot(Array(words.dropFirst())) is any GnomonCommand)
        }
    }
}
