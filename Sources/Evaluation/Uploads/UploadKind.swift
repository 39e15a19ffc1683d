/// What an upload brings.
package enum UploadKind: String, Sendable {
    case predictions
    case labels
    case baseline
}
