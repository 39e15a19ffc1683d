extension Migration {
    /// All of this build, oldest first.
    package static let all: [Migration] = EmbeddedText.all.map { file in
        let parts = file.name.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, let version = Int(parts[0]) else {
            preconditionFailure("\(file.name).sql: a migration is named NNNN_verb_noun.sql")
        }
        return Migration(version: version, name: String(parts[1]), sql: file.text)
    }
}
