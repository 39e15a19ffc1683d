/// What is wrong with the settings of a task.
package enum TaskFault: WordedError, Equatable {
    case unknownTimeZone(String)

    package var wording: Wording {
        switch self {
        case .unknownTimeZone(let zone):
            "\"\(zone)\" is no time zone that this machine knows. Use an IANA name such as Europe/Berlin or UTC."
        }
    }
}
