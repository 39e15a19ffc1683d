import Testing

/// The number of statements must not grow with the number of rows: a round trip costs as much as a thousand rows.
struct StatementLoopTests {
    /// Loops that run statements, by file: how many, and over what there are few of.
    private let allowed: [String: Int] = [
        // The two tables of cells.
        "Sources/Store/Cohorts/CohortStore+Revising.swift": 1,
        // Table partitions.
        "Sources/Store/Facts/FactStore+Rows.swift": 1,
        // The two tables of cells.
        "Sources/Store/Cells/CellStore.swift": 1,
        // Table partitions, each of which has tables; and the tasks that share one.
        "Sources/Store/Facts/PartitionStore.swift": 3,
        // Tables of facts.
        "Sources/Store/Facts/FactStore+Writing.swift": 1,
        // Tables of withdrawn rows, and of repeats.
        "Sources/Store/Facts/ReleaseStore.swift": 2,
        "Sources/Store/Withdrawals/RepeatStore.swift": 3,
        "Sources/Store/Withdrawals/WithdrawnRows.swift": 1,
        // Tables of names.
        "Sources/Store/Withdrawals/NameWithdrawals.swift": 2,
        // The tables of a task.
        "Sources/Store/Tasks/TaskRemoval.swift": 1,
    ]

    @Test func `no statement runs once for each row`() {
        var found: [String: Int] = [:]
        for source in SwiftSource.sources where source.target == "Store" {
            let loops = Self.loops(in: source.code).filter { body in
                body.contains(/connection\s*\.(query|execute|executeScript|copyIn|copyOut)\b/)
            }
            if !loops.isEmpty { found[source.path] = loops.count }
        }
        #expect(found == allowed)
    }

    @Test func `a loop is found with its body, and what it loops over is not part of it`() {
        let code = """
            for row in try await connection.query(sql) { use(row) }
            for key in keys { _ = try await connection.execute(sql) }
            while true { if x { y() } }
            keys.forEach { connection.execute($0) }
            """
        let bodies = Self.loops(in: code).map { $0.filter { !$0.isWhitespace } }
        #expect(bodies.count == 4)
        #expect(bodies[0] == "{use(row)}")
        #expect(bodies[1].contains("connection.execute"))
        #expect(bodies[2] == "{ifx{y()}}")
        #expect(bodies[3].contains("connection.execute"))
    }

    /// The bodies of `for`, `while`, `repeat` and `forEach`.
    private static func loops(in code: String) -> [Substring] {
        code.matches(of: /\b(for|while|repeat)\b|\.forEach\b/).compactMap { match in
            var depth = 0
            var start: String.Index?
            // Braces in parentheses belong to closures of what is looped over.
            var parentheses = 0
            for index in code[match.range.upperBound...].indices {
                switch code[index] {
                case "(": parentheses += 1
                case ")": parentheses -= 1
                case "{" where parentheses == 0 || start != nil:
                    if depth == 0 { start = index }
                    depth += 1
                case "}" where start != nil:
                    depth -= 1
                    if depth == 0, let start { return code[start...index] }
                default: break
                }
                if parentheses < 0 { return nil }
            }
            return nil
        }
    }
}
