import Contract
import Evaluation
import Presentation

extension SettingsPage {
    package var page: Page {
        place.page(
            .settings,
            title: "Settings of \(place.task.name)",
            now: address,
            content: """
                <h1>Settings</h1>
                \(AsOf.line(history.asOf, isPinned: place.asOf != nil, here: address))
                \(settings)
                \(changing)
                \(history.replay == nil ? past : HTML.empty)
                """
        )
    }

    private var settings: HTML {
        let rows = TaskSetting.all.compactMap { setting -> HTML? in
            guard let text = setting.text(history.task) else { return nil }
            return """
                <tr><th scope="row">\(setting.title)</th><td><bdi>\(text)</bdi></td>\
                <td class="soft">\(setting.meaning)</td></tr>
                """
        }
        return """
            <div class="scroll" role="region" aria-label="Settings" tabindex="0"><table>
            <thead><tr><th scope="col">Setting</th><th scope="col">Value</th>\
            <th scope="col">What it is</th></tr></thead>
            <tbody>
            <tr><th scope="row">kind</th><td>\(history.task.kind.rawValue)</td>\
            <td class="soft">What is predicted.</td></tr>
            \(HTML(rows))
            </tbody></table></div>
            """
    }

    private var changing: HTML {
        guard place.asOf == nil else { return .empty }
        return """
            <p>Change one: <code>gnomon task set \(place.task.name) --tolerance 5%</code>. What stored numbers depend \
            on stays as it is once there are predictions; an answer as of an earlier instant keeps the settings of then.</p>
            """
    }

    // MARK: - Changes

    private struct Change {
        let instant: Instant
        let setting: TaskSetting
        let before: String
        let after: String
    }

    private var changes: [Change] {
        history.changes.flatMap { before, after in
            TaskSetting.changed(from: before, to: after.task).map { setting in
                Change(
                    instant: after.recordedAt,
                    setting: setting,
                    before: setting.text(before) ?? NumberText.none,
                    after: setting.text(after.task) ?? NumberText.none
                )
            }
        }
    }

    private var past: HTML {
        """
        <h2>What they were before</h2>
        \(changes.isEmpty ? "<p>Nothing has been changed since the task was made.</p>" : table)
        """
    }

    private var table: HTML {
        let all = changes
        let more: HTML =
            all.count > Self.mostChanges
            ? "<p class=\"soft\">The newest \(Self.mostChanges) of \(all.count) changes.</p>"
            : .empty
        return """
            \(more)
            <div class="scroll" role="region" aria-label="Changes" tabindex="0"><table>
            <thead><tr><th scope="col">Setting</th><th scope="col">Since</th><th scope="col">From</th>\
            <th scope="col">To</th></tr></thead>
            <tbody>
            \(HTML(all.prefix(Self.mostChanges).map(row)))
            </tbody></table></div>
            <p class="soft">Who changed them is in the audit log: <code>GET /v1/changes</code>.</p>
            """
    }

    private func row(_ change: Change) -> HTML {
        """
        <tr><th scope="row">\(change.setting.title)</th>\
        <td>\(OutcomeText.time(Instant(seconds: change.instant.secondsRoundedDown)))</td>\
        <td><bdi>\(change.before)</bdi></td><td><bdi>\(change.after)</bdi></td></tr>
        """
    }
}
