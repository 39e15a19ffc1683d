import Testing

/// What `docs` and reviews ask for and a machine can see.
struct SourceRulesTests {
    private let sources = SwiftSource.sources
    /// Targets that wrap what the operating system gives, where clocks, tasks and pointers are at home.
    private let foundations: Set<String> = ["Postgres", "EmbeddedPostgres"]
    private static let withoutClock: Set = [
        "Statistics", "Evaluation", "Ingest", "Contract", "Presentation", "Dashboard", "Store",
        "Harness",
    ]

    @Test func `the sources are found`() {
        #expect(sources.count > 20)
    }

    @Test func `no forced try, cast or unwrap`() {
        for source in sources {
            #expect(findings(/\b(?:try|as)!/, in: source.code, of: source.path) == [])
            // A mark after a name or a bracket, which is no `!=`.
            let unwraps = findings(/[\w\)\]\}>]!(?![=\w])/, in: source.code, of: source.path)
            #expect(unwraps == [])
        }
    }

    @Test func `no unstructured tasks outside Postgres`() {
        for source in sources where source.target != "Postgres" {
            let tasks = findings(
                /\bTask\s*(?:\([^)]*\)\s*)?\{|\bTask\.(?:detached|init)\b/,
                in: source.code,
                of: source.path
            )
            #expect(tasks == [])
        }
    }

    @Test func `unchecked sendability only in Postgres, and with a reason`() {
        for source in sources {
            for line in source.text.split(separator: "\n")
            where line.contains("@unchecked Sendable") {
                #expect(source.target == "Postgres", "\(source.path)")
                #expect(line.contains(" // "), "\(source.path): \(line)")
            }
        }
    }

    @Test func `text becomes SQL unseen in Postgres only`() {
        for source in sources where source.target != "Postgres" {
            #expect(findings(/SQL\(unsafe:/, in: source.code, of: source.path) == [])
        }
    }

    @Test func `time is asked for in windows, which cannot run backwards`() {
        for source in sources {
            let ranges = findings(
                /\bRange<Instant>|\bInstant\([^()]*\)\s*\.\.[.<]|\.distantPast\s*\.\.[.<]/,
                in: source.code,
                of: source.path
            )
            #expect(ranges == [])
        }
    }

    @Test
    func `what a kind of task has is asked of the kind, and only its own folder tells kinds apart`()
    {
        for source in sources where !source.path.hasPrefix("Sources/Evaluation/Kinds/") {
            let kinds = findings(
                /(?:[!=]=\s*|\bcase\s+(?:let\s+)?(?:\.\w+\s*,\s*)*|~=\s*)(?:TaskKind)?\.(?:binary|multiclass|regression)\b/,
                in: source.code,
                of: source.path
            )
            #expect(kinds == [])
        }
    }

    @Test func `what is kept out of line for the optimiser says where the reason stands`() {
        for source in sources {
            let lines = source.text.split(separator: "\n").map { $0.drop { $0 == " " } }
            for (note, line) in zip(lines, lines.dropFirst()) where line == "@inline(never)" {
                #expect(note == "// Kept out of line: see `PostgresRow`.", "\(source.path)")
            }
        }
    }

    @Test func `only a question makes the view of a task (T7)`() {
        for source in sources where source.path != "Sources/Harness/Reports/Question.swift" {
            #expect(findings(/\bTaskView\(/, in: source.code, of: source.path) == [])
        }
    }

    @Test func `what is pure knows no clock`() {
        for source in sources where Self.withoutClock.contains(source.target) {
            let clocks = findings(
                /\bDate\(\)|\bDate\.now\b|\b(?:Continuous|Suspending)Clock\b/,
                in: source.code,
                of: source.path
            )
            #expect(clocks == [])
        }
    }

    @Test func `nothing reads the clock of this machine but to measure how long something takes`() {
        for source in sources {
            let clocks = findings(
                /\bDate\(\)|\bDate\.now\b|\bgettimeofday\b|\bclock_gettime\b|\btime\(nil\)|\bCFAbsoluteTime|timeIntervalSinceNow/,
                in: source.code,
                of: source.path
            )
            #expect(clocks == [])
        }
    }

    @Test func `parameters are documented in the form that the linter checks`() {
        for source in sources + SwiftSource.all(under: "Tests") {
            let bullets = findings(
                /^ *\/\/\/ +\* [^\n]+/.anchorsMatchLineEndings(),
                in: source.text,
                of: source.path
            )
            #expect(
                bullets == [],
                """
                Name the parameter in a sentence, or write `- Parameter x:`, `- Parameters:`, `- Returns:` or \
                `- Throws:`; other lists have `-` as well.
                """
            )
        }
    }

    @Test func `the splitter tells code from comments and literals`() {
        let source = SwiftSource(
            path: "Sources/X/Y.swift",
            text: ##"""
                let a = "b! \(c("d!")) e" // f!
                let g = #"h" \(i) "#; /* j /* k */ l */ let m = """
                    n "o" \(p)
                    """
                """##
        )
        let words = { (text: String) in text.split(whereSeparator: \.isWhitespace).map(String.init)
        }
        #expect(
            words(source.code) == [
                "let", "a", "=", "c(", ")", "let", "g", "=", ";", "let", "m", "=", "p",
            ]
        )
        #expect(words(source.literals) == ["b!", "d!", "e", "h\"", "\\(i)", "n", "\"o\""])
    }
}
