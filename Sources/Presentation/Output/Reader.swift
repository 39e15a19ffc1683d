/// For whom a text is: it speaks of what they can do where they are.
package enum Reader: Sendable {
    case terminal
    case page
}
