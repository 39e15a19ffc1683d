import Foundation
import Testing

/// Rules about SQL: where the schema is made, and what must also work on several machines.
struct StatementRulesTests {
    private let sources = SwiftSource.sources

    /// What creates or changes tables outside `migrations/`, by file, and why it may.
    private let allowed: [String: Regex<AnyRegexOutput>] = [
        // Partitions are made as the data needs them.
        "Sources/Store/Facts/PartitionStore.swift": Regex(/CREATE TABLE|ALTER TABLE|DROP TABLE/),
        // Tables of the session alone.
        "Sources/Store/Facts/FactStore.swift": Regex(/CREATE TEMP(ORARY)? TABLE/),
        // The migrator's own book-keeping, and the database that it is in.
        "Sources/Migrations/Migrator.swift": Regex(/CREATE TABLE/),
        // The demonstration has a database of its own, made anew each time.
        "Sources/Commands/Demo/DemoDatabase.swift": Regex(/(CREATE|DROP) DATABASE/),
        "Sources/EmbeddedPostgres/EmbeddedPostgres.swift": Regex(/CREATE DATABASE/),
    ]

    @Test func `the schema is made in migrations only`() {
        let statement =
            /(CREATE|ALTER|DROP|TRUNCATE)\s+(OR REPLACE\s+|UNIQUE\s+)?(UNLOGGED|TEMP|TEMPORARY|TABLE|INDEX|VIEW|MATERIALIZED|SEQUENCE|TYPE|DOMAIN|FUNCTION|PROCEDURE|TRIGGER|SCHEMA|EXTENSION|DATABASE|ROLE)(\s+TABLE)?\b/
        for source in sources {
            let found = source.literals.matches(of: statement).map(\.output.0).filter { text in
                guard let exception = allowed[source.path] else { return true }
                return text.prefixMatch(of: exception) == nil
            }
            #expect(found == [], "\(source.path)")
        }
    }

    @Test func `no statement that several machines cannot run as one`() throws {
        let facts = try factTables()
        #expect(facts.contains("predictions") && facts.contains("labels"))
        for source in sources where source.target == "Store" {
            let isConcurrent = source.literals.contains("CONCURRENTLY")
            #expect(!isConcurrent, "\(source.path)")
            // Keys are looked up by a join; `= ANY($1)` goes to every shard with all of them.
            let key = /\bkey\s*=\s*ANY\b/.ignoresCase()
            let hasKeys = source.literals.contains(key)
            #expect(!hasKeys, "\(source.path)")
            for lock in source.literals.matches(of: /FOR (NO KEY )?(UPDATE|SHARE|KEY SHARE)\b/) {
                let before = source.literals[..<lock.range.lowerBound]
                let table = before.matches(of: /\bFROM\s+(\w+)/).last?.output.1
                #expect(!facts.contains(String(table ?? "")), "\(source.path) locks rows of facts")
            }
        }
    }

    @Test func `the server's clock is asked in one place, and by no default of a column`() throws {
        let clock =
            /(?i:\b(clock_timestamp|statement_timestamp|transaction_timestamp|now)\(\)|\bCURRENT_(TIMESTAMP|DATE|TIME)\b)|\bLOCALTIME(STAMP)?\b/
        for source in sources where source.path != "Sources/Postgres/PostgresClock.swift" {
            let asked = source.literals.matches(of: clock).map { String($0.output.0) }
            #expect(asked == [], "\(source.path)")
        }
        let schema = try String(
            contentsOfFile: "\(Repository.path)/docs/schema.sql",
            encoding: .utf8
        )
        #expect(schema.matches(of: clock).map { String($0.output.0) } == [])
    }

    @Test func `every wait for a lock is on a table of gates, or short`() {
        for source in sources where source.target == "Store" {
            for lock in source.literals.matches(of: /LOCK TABLE\s+(\w+)/) {
                let isBrief = source.literals[..<lock.range.lowerBound].contains(
                    "SET LOCAL lock_timeout"
                )
                #expect(lock.output.1.contains("gate") || isBrief, "\(source.path)")
            }
        }
    }

    private func factTables() throws -> Set<String> {
        let path = "\(Repository.path)/migrations/0002_create_facts.sql"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return Set(text.matches(of: /CREATE TABLE (\w+)/).map { String($0.output.1) })
    }
}
