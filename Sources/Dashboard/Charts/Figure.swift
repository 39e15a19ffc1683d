/// A drawing with the words that tell how to read it, the numbers that it shows, and its files.
package struct Figure: Sendable {
    /// What its files are called, without an ending.
    package var name: String
    /// Tells figures of one page apart, and is the anchor of this one.
    package var id: String
    package var title: String
    /// The drawing in words, for those who do not see it.
    package var description: String
    /// How to read it.
    package var reading: HTML
    package var width: Double
    package var height: Double
    /// What is drawn.
    package var drawing: HTML
    /// Links that lie over the drawing.
    package var links: HTML
    /// What the numbered flags stand for.
    package var flags: [String]
    package var numbers: NumberTable
    /// Its file without the ending.
    package var file: PageAddress

    /// The rules that its file carries.
    package static let style = Stylesheet.drawing

    private var isLinked: Bool { links != .empty }

    /// The figure as a part of a page.
    package var html: HTML {
        let box: HTML = width < 600 ? "scroll narrow" : "scroll"
        let side: HTML = width < 600 ? " class=\"side\"" : ""
        return """
            <figure id="\(id)"\(side)>
            <h3>\(title)</h3>
            <div class="\(box)" role="region" aria-label="\(title), drawing" tabindex="0">\(inline)</div>
            \(list)
            <figcaption>\(reading)</figcaption>
            <details><summary>The numbers of this chart</summary>\(numbers.html(label: title))</details>
            <p class="files"><a href="\(file.ending("svg").text)" download>Save as SVG</a> \
            <a href="\(file.ending("csv").text)" download>Save as CSV</a></p>
            </figure>
            """
    }

    private var list: HTML {
        guard !flags.isEmpty else { return .empty }
        return "<ol class=\"marks\">\(flags.map { flag -> HTML in "<li>\(flag)</li>" })</ol>"
    }

    /// A role of its own hides what is within; with links within, only the drawing has it.
    private var inline: HTML {
        let size: HTML = "viewBox=\"0 0 \(width) \(height)\""
        let words: HTML = """
            <title id="\(id)-title">\(title)</title><desc id="\(id)-desc">\(description)</desc>
            """
        let name: HTML = "aria-labelledby=\"\(id)-title\" aria-describedby=\"\(id)-desc\""
        guard isLinked else { return "<svg \(size) role=\"img\" \(name)>\(words)\(drawing)</svg>" }
        return """
            <svg \(size) role="group" \(name)>\(words)<g role="img" \(name)>\(drawing)</g>\(links)</svg>
            """
    }

    /// The drawing as a file of its own.
    package var svg: HTML {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height + 32)" \
        viewBox="0 -32 \(width) \(height + 32)" role="img" aria-labelledby="title desc">
        <title id="title">\(title)</title>
        <desc id="desc">\(description)</desc>
        <style>\(HTML(rules: Self.style))</style>
        <text class="ink strong" x="8" y="-12">\(title)</text>
        \(drawing)
        </svg>

        """
    }
}
