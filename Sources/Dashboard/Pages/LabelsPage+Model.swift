package import Evaluation

/// What is known of the labels of a task.
package struct LabelsPage: Sendable {
    package var place: TaskPlace
    package var report: LabelStatusReport
    /// Rows of uploads that could not be used; `nil` as of an instant, for which they are not counted.
    package var rejected: Int64?

    package init(place: TaskPlace, report: LabelStatusReport, rejected: Int64?) {
        self.place = place
        self.report = report
        self.rejected = rejected
    }

    var address: PageAddress { place.address(.labels) }

    /// Days that a drawing can hold.
    static let mostDays = 400
}
