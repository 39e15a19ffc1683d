import Evaluation
import Foundation

/// Writes down what a life was answered and what its cells are, so that two versions of the code can be compared.
///
/// `GNOMON_LIFE_RECORD` is the folder. What is told at once is then told in order, so that a life is the same again.
struct LifeRecorder {
    private let path: String
    private var text = ""

    static let folder = ProcessInfo.processInfo.environment["GNOMON_LIFE_RECORD"]

    /// A recorder, where one is asked for.
    init?(life: UInt64) {
        guard let folder = Self.folder else { return nil }
        path = "\(folder)/lives/\(life)"
    }

    mutating func note(_ title: String, _ answers: LifeAnswers) {
        text += "── \(title)\n"
        for line in answers.answers.map({ "\($0.key): \($0.value)" }).sorted() {
            // Where a type is at home is no behaviour.
            text += line.replacing(/\b(?:Harness|Evaluation|Store)\./, with: "") + "\n"
        }
    }

    mutating func note(cells: [Name: [[UInt8]]]) {
        text += "── cells\n"
        for (name, bytes) in cells.sorted(by: { $0.key < $1.key }) {
            let words = bytes.map { Data($0).base64EncodedString() }
            text += "\(name) \(words.joined(separator: " "))\n"
        }
    }

    func write() throws {
        let file = URL(fileURLWithPath: path)
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
