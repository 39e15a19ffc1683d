package import Foundation

/// Where things are in the checked-out repository.
package enum Repository {
    /// Its top folder.
    package static let path = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}

/// The files under `fixtures/`.
package enum Fixtures {
    package static func path(_ name: String) -> String {
        "\(Repository.path)/fixtures/\(name)"
    }

    package static func data(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path(name)))
    }
}
