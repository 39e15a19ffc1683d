/// The frame of every page: head, banner, navigation, and the footer.
package struct Page: Sendable {
    package var title: String
    /// The way from the overview to here, this page left out.
    package var trail: [PageLink]
    /// The neighbours of this page.
    package var tabs: [PageLink]
    /// What stands at the end of the banner, such as a form to log out.
    package var banner: HTML
    /// What must be read before all else, such as that the page is about the past.
    package var notice: HTML
    package var content: HTML

    package init(
        title: String,
        trail: [PageLink] = [],
        tabs: [PageLink] = [],
        banner: HTML = .empty,
        notice: HTML = .empty,
        content: HTML
    ) {
        self.title = title
        self.trail = trail
        self.tabs = tabs
        self.banner = banner
        self.notice = notice
        self.content = content
    }

    /// What a page may load and do: its own style and images, and forms that lead back here.
    package static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"

    package var html: HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="same-origin">
        <title>\(title) · Gnomon</title>
        <link rel="stylesheet" href="\(Asset.style.address.text)">
        <link rel="icon" href="\(Asset.icon.address.text)" type="image/svg+xml">
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="banner">
        <div class="bar">
        \(brand)
        \(way)
        <div class="end">\(banner)</div>
        </div>
        </header>
        \(navigation)
        <main id="content" tabindex="-1">
        \(notice)
        \(content)
        </main>
        <footer class="foot"><p>Gnomon. Metrics rest on the labels known so far; \
        <a href="/docs">HTTP API</a>.</p></footer>
        </body>
        </html>

        """
    }

    private var brand: HTML {
        let mark: HTML = """
            <svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">\
            <path d="M3 20h18M5 20 L14 4 L14 20" fill="none" stroke="currentColor" \
            stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>
            """
        let home = trail.first?.address ?? PageAddress([""])
        return "<a class=\"brand\" href=\"\(home.text)\">\(mark)<span>Gnomon</span></a>"
    }

    private var way: HTML {
        guard !trail.isEmpty else { return .empty }
        let links = trail.map { link -> HTML in
            "<li><a href=\"\(link.address.text)\"><bdi>\(link.text)</bdi></a></li>"
        }
        return "<nav class=\"way\" aria-label=\"Breadcrumb\"><ol>\(links)</ol></nav>"
    }

    private var navigation: HTML {
        guard !tabs.isEmpty else { return .empty }
        let links = tabs.map { link -> HTML in
            let current: HTML = link.isCurrent ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(link.address.text)\"\(current)>\(link.text)</a></li>"
        }
        return "<nav class=\"tabs\" aria-label=\"Task\"><ul>\(links)</ul></nav>"
    }
}

/// A place with its name.
package struct PageLink: Sendable, Equatable {
    package var text: String
    package var address: PageAddress
    package var isCurrent: Bool

    package init(_ text: String, _ address: PageAddress, isCurrent: Bool = false) {
        self.text = text
        self.address = address
        self.isCurrent = isCurrent
    }
}
