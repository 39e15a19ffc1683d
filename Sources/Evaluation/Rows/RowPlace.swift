/// Where a page of rows ended.
package struct RowPlace: Sendable, Equatable, Comparable {
    package var place: PredictionPlace
    package var model: Name

    package init(place: PredictionPlace, model: Name) {
        self.place = place
        self.model = model
    }

    package static func < (left: RowPlace, right: RowPlace) -> Bool {
        left.place != right.place ? left.place < right.place : left.model < right.model
    }
}
