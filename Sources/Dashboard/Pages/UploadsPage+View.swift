import Evaluation
import Presentation

extension UploadsPage {
    package var page: Page {
        place.page(
            .uploads,
            title: "Uploads of \(place.task.name)",
            now: address,
            content: """
                <h1>Uploads</h1>
                \(AsOf.line(outline.present, isPinned: place.asOf != nil, here: address))
                \(uploads.isEmpty ? nothing : table)
                \(turning)
                \(takingBack)
                """
        )
    }

    private var nothing: HTML {
        guard place.asOf == nil else {
            return """
                <div class="empty"><h2>No uploads</h2><p>Nothing had been uploaded by then.</p></div>
                """
        }
        return Missing.predictions(place.task)
    }

    private var table: HTML {
        """
        <p class="soft">The newest first; small writes of a token are one upload an hour\
        \(place.asOf == nil ? "" : ", and stand here when the hour was over"). What was taken back does not \
        count from that instant on, and as of an earlier one it does.</p>
        <div class="scroll" role="region" aria-label="Uploads" tabindex="0"><table>
        <thead><tr><th scope="col">Upload</th><th scope="col">State</th><th scope="col">Known from</th>\
        <th scope="col">Tokens</th><th scope="col" class="n">Received</th>\
        <th scope="col" class="n">Accepted</th><th scope="col" class="n">Duplicate</th>\
        <th scope="col" class="n">Conflict</th><th scope="col" class="n">Rejected</th></tr></thead>
        <tbody>
        \(HTML(uploads.map(row)))
        </tbody></table></div>
        """
    }

    private func row(_ upload: Upload) -> HTML {
        let numbers = [
            upload.received, upload.accepted, upload.duplicate, upload.conflict, upload.rejected,
        ].map { count -> HTML in
            "<td class=\"n\" data-value=\"\(Int(count))\">\(NumberText.count(count))</td>"
        }
        return """
            <tr><th scope="row">\(Int(upload.id)) <span class="in">\(upload.kind)</span></th>\
            <td class="soft">\(state(upload))</td>\
            <td>\(OutcomeText.time(Instant(seconds: upload.knownAt.secondsRoundedDown)))</td>\
            <td><bdi>\(upload.tokens)</bdi></td>\(numbers)</tr>
            """
    }

    private func state(_ upload: Upload) -> HTML {
        let shown = upload.withdrawals.suffix(Self.shownWithdrawals)
        let earlier = upload.withdrawals.count - shown.count
        let badge: Badge =
            switch upload.state {
            case .counts: Badge("counts", .good)
            case .withdrawnInPart: Badge("taken back in part", .warn)
            case .withdrawn: Badge("taken back", .bad)
            }
        let more: HTML =
            earlier == 0
            ? .empty
            : """
            <br/>and \(earlier) more before: \
            <code>gnomon uploads show \(Int(upload.id)) --task \(place.task.name)</code>
            """
        return "\(badge.html)\(HTML(shown.map(withdrawal)))\(more)"
    }

    private func withdrawal(_ withdrawal: Withdrawal) -> HTML {
        let interval = withdrawal.interval.map { ", \($0)" } ?? ""
        let rows = NumberText.count(Int(withdrawal.rows), "row", "rows")
        return """
            <br/>\(OutcomeText.time(withdrawal.instant)) by <bdi>\(withdrawal.author)</bdi>, \
            \(rows)\(interval): <bdi>\(TextTable.cut(withdrawal.note, Self.noteLength))</bdi>
            """
    }

    private var turning: HTML {
        guard let cursor else { return .empty }
        return """
            <nav class="files" aria-label="More uploads">\
            <a href="\(address.with("cursor", cursor).text)">Next page</a></nav>
            """
    }

    /// How the newest that counts is taken back.
    private var takingBack: HTML {
        let newest = uploads.first { $0.state == .counts && $0.isWithdrawable }
        guard place.asOf == nil, let newest else { return .empty }
        return """
            <h2>Take a wrong file back</h2>
            <p>With the number of the upload and why; then send the right one. Of small writes, those of an interval \
            can be taken back by the name of their token.</p>
            <pre>gnomon uploads withdraw \(Int(newest.id)) --task \(place.task.name) --note "WHY"
            gnomon uploads withdraw --small-writes-of TOKEN --from INSTANT --to INSTANT --task \
            \(place.task.name) --note "WHY"</pre>
            """
    }
}
