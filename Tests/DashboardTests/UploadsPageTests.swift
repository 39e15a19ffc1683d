import Testing

@testable import Dashboard
@testable import Evaluation

struct UploadsPageTests {
    private func upload(
        _ id: Int64,
        _ state: UploadRecord.State,
        _ withdrawals: Int,
        note: String = "wrong"
    ) -> UploadsPage.Upload {
        UploadsPage.Upload(
            id: id,
            kind: "predictions",
            knownAt: Examples.day(1),
            tokens: Examples.hostile,
            received: 7,
            accepted: 7,
            duplicate: 0,
            conflict: 0,
            rejected: 0,
            state: state,
            isWithdrawable: true,
            withdrawals: (0..<withdrawals).map {
                UploadsPage.Withdrawal(
                    instant: Examples.day(3 + $0),
                    author: Examples.hostile,
                    note: note,
                    rows: 7,
                    interval: "known before then"
                )
            }
        )
    }

    private func page(_ uploads: [UploadsPage.Upload]) -> UploadsPage {
        UploadsPage(
            place: TaskPlace(Examples.task(), asOf: nil),
            outline: Examples.outline(),
            uploads: uploads,
            cursor: "x"
        )
    }

    @Test func `the fullest page stays small, whatever the notes say`() {
        let note = String(repeating: Examples.hostile, count: 30)
        let page = page(
            (0..<UploadsPage.rows).map { upload(Int64($0), .withdrawnInPart, 50, note: note) }
        ).page
        expectSound(page, "uploads")
        #expect(!page.html.text.contains("<script"))
    }

    @Test func `a row says how much of the upload was taken back`() {
        let text = page([
            upload(1, .withdrawn, 1), upload(2, .withdrawnInPart, 3), upload(3, .counts, 0),
        ]).page.html.text
        #expect(text.contains("</span>taken back</span>"))
        #expect(text.contains("</span>taken back in part</span>"))
        #expect(text.contains("and 1 more before"))
        #expect(text.contains("gnomon uploads withdraw 3 --task flights"))
    }
}
