import Evaluation
import Testing

@Suite struct WordingTests {
    private let wording: Wording =
        "\(setting: "minimum_gain", given: "-1") is below 0; leave \(setting: "minimum_gain") out of \(2) places."

    @Test func `a setting is an option on a terminal, else a parameter`() {
        #expect(
            wording.text(for: .terminal)
                == "--minimum-gain -1 is below 0; leave --minimum-gain out of 2 places."
        )
        for voice in [Voice.request, .page] {
            #expect(
                wording.text(for: voice)
                    == "minimum_gain=-1 is below 0; leave minimum_gain out of 2 places."
            )
        }
    }

    @Test func `a window the wrong way round says so in both`() throws {
        let fault = ReversedWindow(from: Instant(seconds: 60), to: Instant(seconds: 0))
        #expect(fault.description.contains("--to must lie after --from"))
        #expect(fault.wording.text(for: .request).contains(": to must lie after from"))
    }
}
