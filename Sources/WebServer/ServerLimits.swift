/// Within what the service works; each has a status that says it was exceeded.
package struct ServerLimits: Sendable, Equatable {
    /// Bytes of a body as it is sent; 413.
    package var bodyBytes: Int64 = 1 << 30
    /// Bytes of a body once it is decompressed; 413.
    package var decompressedBytes: Int64 = 4 << 30
    /// Rows of a body; 413.
    package var rows: Int64 = 20_000_000
    /// Bytes of a body that is no upload, such as the settings of a task; 413.
    package var documentBytes = 256 << 10
    /// Arrays and objects in each other; 400.
    package var jsonDepth = 32
    /// Bytes of all header fields; 400, and the connection ends.
    package var headerBytes = 32 << 10
    /// Requests a second of one token, and as many at once; 429.
    package var requestsPerSecond = 10_000
    /// Wrong tokens a second, of one client address; 429.
    package var wrongTokensPerSecond = 50
    /// Tokens a second that were never seen before, of everybody together; 429.
    package var newTokensPerSecond = 500
    /// Connections; one more, and one that waits for a request is closed.
    package var connections = 1_000
    /// Connections more where none waits for a request; those beyond wait to be accepted.
    package var spareConnections = 200
    /// A connection whose first request is not there, with its whole head, in that time is closed.
    package var headTime: Duration = .seconds(10)
    /// Bodies kept in memory while they arrive; beyond this they go to a temporary file.
    package var memoryBytes = 256 << 10
    /// A body that brings fewer than `slowBodyBytes` in that time is given up; 408.
    package var slowBodyTime: Duration = .seconds(10)
    package var slowBodyBytes: Int64 = 10 << 10
    /// A connection on which nothing is asked for that long is closed.
    package var idleTime: Duration = .seconds(60)
    /// Uploads that write at once, and how many more may wait; 503.
    package var uploads = 4
    package var waitingUploads = 32
    /// Rows of an upload that are parsed and merged at once; memory grows with them, and not with the body.
    package var rowsAtOnce = 10_000
    package var textBytesAtOnce = 2 << 20
    package var scoresAtOnce = 256 << 10
    /// Questions that are answered at once, and how many more may wait; 503.
    package var questions = 6
    package var waitingQuestions = 128
    /// Decisions that are made at once; each may wait for an upload to its task.
    package var decisions = 4
    /// A question that keeps the database longer is given up; 503.
    package var questionTime: Duration = .seconds(600)
    /// A request with so many bytes, of so many rows, is taken in together with others.
    package var smallBytes = 32 << 10
    package var smallRows = 100
    /// Small rows of a task that may wait; 503.
    package var waitingSmallRows = 20_000
    /// How long a group of small requests waits for more; a group that is being written collects the next.
    package var groupTime: Duration = .milliseconds(2)

    package init() {}
}
