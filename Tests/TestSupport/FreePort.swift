import Foundation

/// A port that nobody listens on at this moment.
package func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            unsafe bind(descriptor, pointer, size) == 0
                && getsockname(descriptor, pointer, &size) == 0
        }
    }
    guard isBound else { throw NoFreePort(code: errno) }
    return Int(UInt16(bigEndian: address.sin_port))
}

package struct NoFreePort: Error {
    var code: Int32
}
