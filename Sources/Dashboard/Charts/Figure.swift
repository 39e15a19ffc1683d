/// A drawing with the words that tell how to read it, the numbers that it shows, and its files.
package struct Figure: Sendable {
    /// What its files are called, without an ending.
    package var name: String
    /// Tells figures of one page apart, and is the anchor of this one.
    package var id: String
    package var title: String
    /// What its file says beneath the title: of which task it is.
    package var caption: String
    /// Whether it stands in a section of its page, under the section's heading.
    package var isInSection: Bool
    /// The drawing in words, for those who do not see it.
    package var description: String
    /// How to read it.
    package var reading: HTML
    package var wide: Drawing
    package var narrow: Drawing
    /// Links that lie over the wide drawing.
    package var links: HTML
    /// What the numbered flags stand for.
    package var flags: [String]
    package var numbers: NumberTable
    /// Its file without the ending.
    package var file: PageAddress
    private var keys: [ChartKey]

    /// What is drawn on a sheet.
    package struct Drawing: Sendable {
        var width: Double
        var height: Double
        package var content: HTML

        init(_ chart: some Chart, on sheet: Sheet) {
            width = sheet.width
            height = chart.height(on: sheet)
            content = chart.drawing(on: sheet)
        }

        fileprivate var box: HTML { "viewBox=\"0 0 \(width) \(height)\"" }
    }

    init(
        name: String,
        id: String,
        title: String,
        caption: String,
        isInSection: Bool = false,
        description: String,
        reading: HTML,
        chart: some Chart,
        links: HTML = .empty,
        flags: [String] = [],
        numbers: NumberTable,
        file: PageAddress
    ) {
        self.name = name
        self.id = id
        self.title = title
        self.caption = caption
        self.isInSection = isInSection
        self.description = description
        self.reading = reading
        wide = Drawing(chart, on: chart.wideSheet)
        narrow = Drawing(chart, on: .narrow)
        self.links = links
        self.flags = flags
        self.numbers = numbers
        self.file = file
        keys = chart.keys
    }

    /// The rules that its file carries.
    package static let style = Stylesheet.drawing

    private var isLinked: Bool { links != .empty }

    /// The figure as a part of a page: which of the drawings is seen, the style says.
    package var html: HTML {
        let side: HTML = wide.width < 600 ? " class=\"side\"" : ""
        return """
            <figure id="\(id)"\(side)>
            \(heading)
            \(names)
            <div class="scroll" role="group" aria-label="\(title), drawing" tabindex="0">\(inline)\
            <svg class="narrow" \(narrow.box) role="img" \(label)>\(narrow.content)</svg></div>
            \(list)
            <figcaption>\(reading)</figcaption>
            <details><summary>The numbers of this chart</summary>\(numbers.html(label: title))</details>
            <p class="files"><a href="\(file.ending("svg").text)" download="">Save as SVG</a> \
            <a href="\(file.ending("csv").text)" download="">Save as CSV</a></p>
            </figure>
            """
    }

    private var heading: HTML {
        isInSection ? "<h3>\(title)</h3>" : "<h2>\(title)</h2>"
    }

    /// The names of lines, where the drawing itself does not have them all.
    private var names: HTML {
        guard !keys.isEmpty else { return .empty }
        let look: HTML = keys.contains(where: \.isLong) ? "keys" : "keys narrow"
        return "<ul class=\"\(look)\">\(keys.map(\.html))</ul>"
    }

    private var list: HTML {
        guard !flags.isEmpty else { return .empty }
        return "<ol class=\"marks\">\(flags.map { flag -> HTML in "<li>\(flag)</li>" })</ol>"
    }

    private var label: HTML {
        "aria-labelledby=\"\(id)-title\" aria-describedby=\"\(id)-desc\""
    }

    /// A role of its own hides what is within; with links within, only the drawing has it.
    private var inline: HTML {
        let words: HTML = """
            <title id="\(id)-title">\(title)</title><desc id="\(id)-desc">\(description)</desc>
            """
        let look: HTML = wide.width < 600 ? "wide small" : "wide"
        guard isLinked else {
            return """
                <svg class="\(look)" \(wide.box) role="img" \(label)>\(words)\(wide.content)</svg>
                """
        }
        return """
            <svg class="\(look)" \(wide.box) role="group" \(label)>\(words)\
            <g role="img" \(label)>\(wide.content)</g>\(links)</svg>
            """
    }

    /// The drawing as a file of its own, with the title and the caption above it.
    package var svg: HTML {
        let heads = Self.lines(title, in: wide.width)
        let lines = heads + Self.lines(caption, in: wide.width)
        let head = 18 * Double(lines.count) + 16
        let texts = lines.enumerated().map { index, line -> HTML in
            let look: HTML = index < heads.count ? " class=\"ink strong\"" : ""
            return "<text\(look) x=\"4\" y=\"\(18 * Double(index + 1) - head)\">\(line)</text>\n"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(wide.width)" height="\(wide.height + head)" \
            viewBox="0 \(-head) \(wide.width) \(wide.height + head)" role="img" \
            aria-labelledby="title desc">
            <title id="title">\(title)</title>
            <desc id="desc">\(description)</desc>
            <style>\(HTML(rules: Self.style))</style>
            <rect class="page" x="0" y="\(-head)" width="100%" height="100%"/>
            \(texts)\
            \(wide.content)
            </svg>

            """
    }

    /// The text in lines for which a width has room, as far as words allow.
    static func lines(_ text: String, in width: Double) -> [String] {
        let most = Int((width - 8) / 7.4)
        return text.split(separator: " ").reduce(into: []) { lines, word in
            if let last = lines.last, last.count + word.count < most {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
