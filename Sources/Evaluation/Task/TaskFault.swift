/// What is wrong with the settings of a task.
package enum TaskFault: Error, CustomStringConvertible, Equatable {
    case unknownTimeZone(String)

    package var description: String {
        switch self {
        case .unknownTimeZone(let zone):
            "\"\(zone)\" is no time zone that this machine knows. Use an IANA name such as Europe/Berlin or UTC."
        }
    }
}
