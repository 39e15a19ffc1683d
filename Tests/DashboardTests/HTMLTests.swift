import Testing

@testable import Dashboard

struct HTMLTests {
    @Test func `what is interpolated is text, unless it is markup`() {
        let name = "<script>\"&'"
        let inner: HTML = "<b>\(name)</b>"
        #expect(inner.text == "<b>&lt;script&gt;&quot;&amp;&#39;</b>")
        let outer: HTML = "<p title=\"\(name)\">\(inner)</p>"
        #expect(
            outer.text
                == "<p title=\"&lt;script&gt;&quot;&amp;&#39;\"><b>&lt;script&gt;&quot;&amp;&#39;</b></p>"
        )
    }

    @Test func `characters that XML does not have, and those that turn the order, are replaced`() {
        let html: HTML = "\("a\u{0}b\u{1B}c\u{202E}d\u{FFFE}")"
        #expect(html.text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
    }

    @Test func `an address carries any name`() {
        let address = PageAddress(["tasks", "a/b <\"&'ü"]).with("slice", "k=v&x").with("model", nil)
        #expect(address.text == "/tasks/a%2Fb%20%3C%22%26%27%C3%BC?slice=k%3Dv%26x")
    }
}
