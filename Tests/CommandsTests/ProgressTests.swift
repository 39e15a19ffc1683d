import Ingest
import Testing

@testable import Commands

@Suite struct ProgressTests {
    @Test func `rows, rate, share and the time left are shown`() {
        let input = IngestProgress(
            bytesRead: 40,
            totalBytes: 100,
            rowsRead: 1_000_000,
            sourceName: "a"
        )
        #expect(
            Progress.line("reading a", input, .seconds(4))
                == "reading a: 1,000,000 rows, 250,000 rows/s, 40 %, 6 s left, 4 s"
        )
        #expect(Progress.line("verifying", nil, .seconds(75)) == "verifying: 1 min 15 s")
    }

    @Test func `the line fits a terminal`() {
        let line = Progress.line(String(repeating: "x", count: 200), nil, .seconds(1))
        #expect(line.count == 79)
    }
}
