import Foundation
import Presentation

/// What is known of where the output goes.
enum Terminal {
    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Emphasis for standard output: on a terminal that knows it, unless NO_COLOR is set.
    static var style: TextStyle {
        let environment = ProcessInfo.processInfo.environment
        let isWanted = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        return TextStyle(isOn: isWanted && isatty(STDOUT_FILENO) == 1)
    }

    /// Writes all of a text to standard output.
    ///
    /// A reader that has gone, such as `head`, is no error: what it does not want is dropped.
    ///
    /// - Parameter text: What to write.
    /// - Throws: `CommandError.cannotWrite`, such as where the disk is full.
    static func write(_ text: String) throws(CommandError) {
        let failure = unsafe Array(text.utf8).withUnsafeBytes { bytes -> Int32 in
            var written = 0
            while written < bytes.count {
                let count = unsafe Foundation.write(
                    STDOUT_FILENO,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        guard failure != 0, failure != EPIPE else { return }
        throw .cannotWrite(reason: unsafe String(cString: strerror(failure)))
    }

    /// Writes a line to standard error, as far as that is possible.
    static func writeError(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { bytes in
            unsafe Foundation.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
