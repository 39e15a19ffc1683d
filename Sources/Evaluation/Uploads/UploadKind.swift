/// What an upload brings.
package enum UploadKind: String, Sendable, CaseIterable {
    case predictions
    case labels
    case baseline
}
