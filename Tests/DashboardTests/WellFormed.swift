import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@testable import Dashboard

/// Reads markup as XML does: whatever is not well-formed is refused.
final class WellFormed: NSObject, XMLParserDelegate {
    private(set) var elements: [String] = []
    private(set) var text = ""
    private(set) var attributes: [[String: String]] = []
    private(set) var failure: String?

    init(_ markup: String) {
        super.init()
        let parser = XMLParser(data: Data(markup.utf8))
        parser.delegate = self
        if !parser.parse(), failure == nil { failure = "\(String(describing: parser.parserError))" }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append(name)
        self.attributes.append(attributes)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        failure = "line \(parser.lineNumber), column \(parser.columnNumber): \(error)"
    }

    func count(_ name: String) -> Int { elements.filter { $0 == name }.count }
}

/// What holds of every chart on every sheet: nothing reaches beyond it, and places are numbers.
func expectSound(_ chart: some Chart) {
    for sheet in [chart.wideSheet, .narrow] {
        let drawing = chart.drawing(on: sheet).text
        let read = WellFormed("<svg>\(drawing)</svg>")
        #expect(read.failure == nil, "\(sheet)")
        expectNumbers(drawing, "\(sheet)")
        for (name, end) in [("x", sheet.width), ("y", chart.height(on: sheet))] {
            let places = read.attributes.compactMap { $0[name].flatMap(Double.init) }
            #expect(places.allSatisfy { (-1...end).contains($0) }, "\(name) on \(sheet)")
        }
    }
}

private func expectNumbers(_ drawing: String, _ name: String) {
    for word in ["nan", "inf", "-inf"] {
        let isThere = drawing.lowercased().contains("\"\(word)")
        #expect(!isThere, "\(name) has \(word)")
    }
}

/// What holds of every figure.
func expectSound(_ figure: Figure, _ name: String) {
    let file = WellFormed(figure.svg.text)
    #expect(file.failure == nil, "\(name): \(file.failure ?? "")")
    let part = WellFormed("<div>\(figure.html.text)</div>")
    #expect(part.failure == nil, "\(name): \(part.failure ?? "")")
    for drawing in [figure.wide, figure.narrow] { expectNumbers(drawing.content.text, name) }
    let ids = part.attributes.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count, "\(name) uses an id once")
    #expect(part.count("title") >= 1 && part.count("desc") == 1, "\(name) has a name")
    let isStyled = part.attributes.contains { $0["style"] != nil }
    #expect(!isStyled, "\(name) has no style that the policy refuses")
}

/// What holds of every page.
func expectSound(_ page: Page, _ name: String) {
    let text = page.html.text
    #expect(text.utf8.count < 100_000, "\(name) has \(text.utf8.count) bytes")
    let read = WellFormed(text)
    #expect(read.failure == nil, "\(name): \(read.failure ?? "")")
    #expect(read.count("h1") == 1, "\(name) has one heading of the first rank")
    #expect(read.count("main") == 1 && read.count("header") == 1, "\(name)")
    #expect(read.count("script") == 0, "\(name) works without scripts")
    let ids = read.attributes.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count, "\(name) uses an id once")
    let isStyled = read.attributes.contains {
        $0["style"] != nil || $0.keys.contains { $0.hasPrefix("on") }
    }
    #expect(!isStyled, "\(name) has nothing that the policy refuses")
    let sentences = text.replacing(/<(pre|code)>[^<]*<\/(pre|code)>/, with: "")
    let hasOption = sentences.contains(/\s--[a-z]/)
    #expect(!hasOption, "\(name) speaks of options of the command line")
    for word in ["nan", "inf"] {
        let isThere = read.text.split { !$0.isLetter }.contains { $0.lowercased() == word }
        #expect(!isThere, "\(name) says \(word)")
    }
}
