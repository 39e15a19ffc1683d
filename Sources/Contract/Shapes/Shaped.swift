/// What has a shape of its own, so that it can be written as JSON.
package protocol Shaped: Sendable {
    static var shape: Shape<Self> { get }
}

extension Shaped {
    package var json: JSONValue { Self.shape.json(self) }
}
