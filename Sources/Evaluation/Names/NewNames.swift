/// The numbers of names that an upload uses, and no upload before it has used.
///
/// A name has its number before there is anything that could be asked about it, and counts only when the upload
/// commits: one that is refused, or killed, leaves nothing that a question can see.
package struct NewNames: Sendable, Equatable {
    package var models: Set<Int32> = []
    package var versions: Set<Int32> = []
    package var slices: Set<Int32> = []
    package var sources: Set<Int32> = []

    package init() {}

    package var isEmpty: Bool {
        models.isEmpty && versions.isEmpty && slices.isEmpty && sources.isEmpty
    }
}
