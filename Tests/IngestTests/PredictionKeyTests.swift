import Evaluation
import Foundation
import Ingest
import Testing

struct PredictionKeyTests {
    private let uuid = "01890a5d-ac96-774b-bcce-b302099a8057"

    @Test func `a UUID comes back from its key`() {
        let key = PredictionKey(taskID: 7, id: Array(uuid.utf8))
        #expect(key.uuidText(taskID: 7) == uuid)
    }

    @Test func `a UUID in upper case has the same key`() {
        #expect(
            PredictionKey(taskID: 7, id: Array(uuid.uppercased().utf8))
                == PredictionKey(taskID: 7, id: Array(uuid.utf8))
        )
    }

    @Test func `the same id of another task has another key`() {
        for id in [uuid, "B6713-JFK-201303142230"] {
            #expect(
                PredictionKey(taskID: 7, id: Array(id.utf8))
                    != PredictionKey(taskID: 8, id: Array(id.utf8))
            )
        }
    }

    @Test func `the keys are those that the documentation describes`() {
        // sha256("gnomon task" || 00 00 00 07) and sha256(that[0..<16] || 00 || id), by Python's hashlib.
        let zeroUUID = "00000000-0000-0000-0000-000000000000"
        let mask = PredictionKey(taskID: 7, id: Array(zeroUUID.utf8))
        #expect(hexadecimal(mask) == "334789530bed5f6423b540dd9d551525")
        #expect(
            hexadecimal(PredictionKey(taskID: 7, id: Array("abc".utf8)))
                == "dd259ecb43a350bbbade4599c276dade"
        )
    }

    @Test(arguments: [
        "01890a5dac96774bbcceb302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a805",
        "01890a5d-ac96-774b-bcce-b302099a805g",
        "{1890a5d-ac96-774b-bcce-b302099a8057",
        "01890a5d_ac96-774b-bcce-b302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a80577",
    ])
    func `an id of another form than a canonical UUID is hashed`(id: String) {
        let maker = Array(id.utf8)
        var keys = PredictionKeyMaker(taskID: 7)
        #expect(!keys.key(of: maker.span, from: 0, to: maker.count).isUUID)
    }

    @Test func `random UUIDs come back`() throws {
        var random = SeededGenerator(state: 3)
        for _ in 0..<1000 {
            let text = (0..<32).map { _ in String(random.next() % 16, radix: 16) }.joined()
            var uuid = text
            for offset in [20, 16, 12, 8] {
                uuid.insert("-", at: uuid.index(uuid.startIndex, offsetBy: offset))
            }
            let key = PredictionKey(taskID: -1, id: Array(uuid.utf8))
            try #require(key.uuidText(taskID: -1) == uuid)
        }
    }

    private func hexadecimal(_ key: PredictionKey) -> String {
        [key.high, key.low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
