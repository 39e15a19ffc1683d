package import Evaluation
import Foundation

/// A reliability diagram as a standalone SVG image.
package struct ReliabilityDiagram {
    package let report: CalibrationReport

    package init(report: CalibrationReport) {
        self.report = report
    }

    // Sizes in pixels.
    private static let width = 480.0
    private static let height = 560.0
    private static let left = 64.0
    private static let top = 56.0
    private static let side = 384.0
    private static let histogramTop = 468.0
    private static let histogramHeight = 48.0

    package var svg: String {
        let window = WindowText(task: report.task).name(report.window.window, .all)
        let title = "Reliability of \(report.model), task \(report.task.name)"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(text(Self.width))" \
            height="\(text(Self.height))" viewBox="0 0 \(text(Self.width)) \(text(Self.height))" \
            role="img" aria-labelledby="title description" \
            font-family="system-ui, sans-serif" font-size="12" fill="#222">
            <title id="title">\(escaped(title))</title>
            <desc id="description">\(escaped(description(window)))</desc>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="\(text(Self.left))" y="22" font-size="15" font-weight="600">\(escaped(title))</text>
            <text x="\(text(Self.left))" y="41" fill="#666">\(escaped(subtitle(window)))</text>
            \(axes)
            <line x1="\(x(0))" y1="\(y(0))" x2="\(x(1))" y2="\(y(1))" stroke="#888" \
            stroke-dasharray="4 4"/>
            \(points)
            \(histogram)
            </svg>

            """
    }

    private func subtitle(_ window: String) -> String {
        "\(window), \(NumberText.count(report.window.labelled)) of "
            + "\(NumberText.count(report.window.predictions)) labelled"
            + (report.window.isMature ? "" : ", young")
    }

    /// The diagram in words, for those who do not see it.
    private func description(_ window: String) -> String {
        let bins = report.bins.map {
            "mean score \(NumberText.number($0.meanScore)): observed "
                + "\(NumberText.number($0.observed)) of \(NumberText.count($0.n))"
        }
        return "Observed frequency against mean score, \(window). " + bins.joined(separator: "; ")
            + ". Points on the diagonal are calibrated."
    }

    // MARK: - Parts

    private var axes: String {
        var lines: [String] = []
        for step in 0...5 {
            let value = Double(step) / 5
            lines.append(
                "<line x1=\"\(x(0))\" y1=\"\(y(value))\" x2=\"\(x(1))\" y2=\"\(y(value))\" "
                    + "stroke=\"#e5e5e5\"/>"
            )
            lines.append(
                "<line x1=\"\(x(value))\" y1=\"\(y(0))\" x2=\"\(x(value))\" y2=\"\(y(1))\" "
                    + "stroke=\"#e5e5e5\"/>"
            )
            lines.append(
                "<text x=\"\(text(Self.left - 8))\" y=\"\(text(yPosition(value) + 4))\" "
                    + "text-anchor=\"end\">\(text(value))</text>"
            )
            lines.append(
                "<text x=\"\(x(value))\" y=\"\(text(Self.top + Self.side + 16))\" "
                    + "text-anchor=\"middle\">\(text(value))</text>"
            )
        }
        let middle = text(Self.top + Self.side / 2)
        lines.append(
            "<text x=\"20\" y=\"\(middle)\" text-anchor=\"middle\" "
                + "transform=\"rotate(-90 20 \(middle))\">observed frequency</text>"
        )
        lines.append(
            "<text x=\"\(text(Self.left + Self.side / 2))\" y=\"\(text(Self.height - 10))\" "
                + "text-anchor=\"middle\">score (bars: predictions in each bin)</text>"
        )
        return lines.joined(separator: "\n")
    }

    private var points: String {
        report.bins.map { bin in
            "<line x1=\"\(x(bin.meanScore))\" y1=\"\(y(bin.observedLow))\" "
                + "x2=\"\(x(bin.meanScore))\" y2=\"\(y(bin.observedHigh))\" stroke=\"#1f5fa8\" "
                + "stroke-width=\"2\"/>\n"
                + "<circle cx=\"\(x(bin.meanScore))\" cy=\"\(y(bin.observed))\" r=\"4\" "
                + "fill=\"#1f5fa8\"/>"
        }.joined(separator: "\n")
    }

    private var histogram: String {
        let largest = Double(report.bins.map(\.n).max() ?? 1)
        return report.bins.map { bin in
            let height = Self.histogramHeight * Double(bin.n) / max(1, largest)
            return "<rect x=\"\(text(xPosition(bin.low) + 1))\" "
                + "y=\"\(text(Self.histogramTop + Self.histogramHeight - height))\" "
                + "width=\"\(text((bin.high - bin.low) * Self.side - 2))\" "
                + "height=\"\(text(height))\" fill=\"#9bb8d8\"/>"
        }.joined(separator: "\n")
    }

    // MARK: - Coordinates and texts

    private func xPosition(_ value: Double) -> Double { Self.left + value * Self.side }
    private func yPosition(_ value: Double) -> Double { Self.top + (1 - value) * Self.side }
    private func x(_ value: Double) -> String { text(xPosition(value)) }
    private func y(_ value: Double) -> String { text(yPosition(value)) }

    /// At most two decimals.
    private func text(_ value: Double) -> String {
        var text = String(format: "%.2f", value)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    private func escaped(_ text: String) -> String {
        Sanitized.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
