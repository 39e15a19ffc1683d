/// A file that pages load; its address changes with its content, so that it may be kept for ever.
package struct Asset: Sendable {
    package let path: String
    package let contentType: String
    package let content: String

    package static let style = Asset(
        path: "/assets/style.css",
        contentType: "text/css; charset=utf-8",
        content: Stylesheet.page
    )
    package static let icon = Asset(
        path: "/assets/icon.svg",
        contentType: "image/svg+xml",
        content: """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" \
            rx="5" fill="#0b5cad"/><path d="M4 19h16M6.5 19 14 5.5 14 19" fill="none" stroke="#fff" \
            stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>
            """
    )
    package static let all = [style, icon]

    /// FNV-1a over the content: it tells versions apart, and guards nothing.
    package var version: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in content.utf8 {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01B3
        }
        return String(hash, radix: 36)
    }

    package var address: PageAddress {
        PageAddress(path.split(separator: "/").map(String.init)).with("v", version)
    }
}
