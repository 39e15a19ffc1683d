import Testing

@testable import Postgres

struct PostgresErrorTests {
    @Test func `the description has no values and the debug description has all of them`() {
        var error = PostgresError(
            kind: .server,
            sqlState: .uniqueViolation,
            message: "duplicate key value violates unique constraint \"labels_pk\"",
            sql: "INSERT INTO labels VALUES ($1)"
        )
        error.detail = "Key (key)=(secret) already exists."
        error.constraint = "labels_pk"
        error.parameters = [.text("secret")]
        #expect(
            error.description == """
                duplicate key value violates unique constraint "labels_pk". (SQLSTATE 23505, \
                constraint labels_pk) SQL: INSERT INTO labels VALUES ($1)
                """
        )
        #expect(error.debugDescription.contains("Key (key)=(secret) already exists."))
        #expect(error.debugDescription.contains("[Postgres.PostgresValue.text(\"secret\")]"))
    }

    @Test func `a value that the message of a data exception quotes is left out`() {
        let error = PostgresError(
            kind: .server,
            sqlState: SQLState(rawValue: "22P02"),
            message: "invalid input syntax for type integer: \"a \"secret\" b\""
        )
        #expect(!error.description.contains("secret"))
    }
}
