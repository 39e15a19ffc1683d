import Contract
import Evaluation
import Testing

@Suite struct ParametersTests {
    @Test(arguments: [
        ("limit", "+5"), ("limit", "0"), ("limit", "11"), ("limit", "1.0"), ("limit", ""),
        ("flag", "yes"), ("flag", ""), ("by", "year"), ("by", ""), ("gain", "-1"), ("gain", "nan"),
        ("gain", "inf"), ("gain", ""), ("margin", "0"), ("from", "2013-02-30"), ("from", ""),
    ])
    func `what cannot be read names the parameter and the value`(name: String, text: String) throws
    {
        let parameters = Parameters([name: text])
        let fault = try #require(throws: ParameterFault.self) {
            _ = try parameters.integer("limit", in: 1...10)
            _ = try parameters.flag("flag")
            _ = try parameters.choice("by", ReportPeriod.self)
            _ = try parameters.number("gain", includingZero: true)
            _ = try parameters.number("margin", includingZero: false)
            _ = try parameters.range()
        }
        #expect(fault.wording.text(for: .request).hasPrefix("\(name)=\(text)"))
        #expect(fault.wording.text(for: .terminal).hasPrefix("--\(name) \(text)"))
    }

    @Test func `what is not given is not read`() throws {
        let parameters = Parameters(["a": "", "b": "1"])
        #expect(try parameters.integer("limit", in: 1...10) == nil)
        #expect(try parameters.flag("flag") == false)
        #expect(try parameters.range() == MomentRange(from: nil, to: nil))
        #expect(parameters.filled.names == ["b"])
        #expect(parameters.without("b").names == ["a"])
    }

    @Test(arguments: [
        ["a"], ["a", "b"], ["a,b", "c"], ["\\", "a\\,b"], ["", ""], ["é,e\u{301}"],
    ])
    func `a list comes back as it was, commas in names too`(parts: [String]) {
        var parameters = Parameters()
        parameters.add("shadow", parts)
        #expect(parameters.list("shadow")?.map { Name($0) } == parts.map { Name($0) })
    }
}

@Suite struct QuestionTests {
    private let task = PredictionTask(name: "t", kind: .binary, timeZone: .newYork)

    @Test func `a report is asked with every parameter, in the calendar of the task`() throws {
        let query = try ReportQuery.asking(
            Parameters([
                "from": "2013-06-01", "to": "2013-07-01", "model": "gbm", "slice": "origin=JFK",
                "as_of": "2013-08-01T00:00:00Z", "exact": "true", "by": "month",
                "by_version": "true",
            ])
        )(task)
        #expect(query.window.from?.iso8601 == "2013-06-01T04:00:00Z")
        #expect(query.window.to?.iso8601 == "2013-07-01T04:00:00Z")
        #expect(query.model == "gbm" && query.slice?.text == "origin=JFK")
        #expect(query.asOf?.iso8601 == "2013-08-01T00:00:00Z")
        #expect(query.isExact && query.byVersion && query.period == .month)
    }

    @Test func `the bins of a diagram are those that divide the finest ones`() throws {
        for bins in 1...61 {
            let parameters = Parameters(["bins": "\(bins)"])
            if bins > 1, 60 % bins == 0 {
                #expect(try CalibrationQuery.asking(parameters)(task).bins == bins)
            } else {
                #expect(throws: ParameterFault.self) { try CalibrationQuery.asking(parameters) }
            }
        }
    }

    @Test func `a comparison is asked with every parameter`() throws {
        let query = try ComparisonQuery.asking(
            Parameters([
                "champion": "a", "shadow": "b,c\\,d", "metric": "mae", "margin": "0.5",
                "minimum_gain": "0.25", "from": "2013-06-01", "to": "2013-07-01",
                "as_of": "2013-08-01", "exact": "true",
            ])
        )(task)
        #expect(query.champion == "a" && query.shadows == ["b", "c,d"] && query.metric == "mae")
        #expect(query.options.margin == 0.5 && query.options.minimumGain == 0.25)
        #expect(query.window.days == 30 && query.isExact)
        #expect(query.asOf?.iso8601 == "2013-08-01T04:00:00Z")
    }

    @Test func `a recommendation is asked with every parameter`() throws {
        let query = try RecommendationQuery.asking(
            Parameters([
                "model": "a", "as_of": "2013-08-01", "without_shadows": "true", "confirm": "3/5",
                "cool_down": "14d",
            ])
        )(task)
        #expect(query.model == "a" && !query.hasShadows)
        #expect(query.options.confirmation == Confirmation(hits: 3, of: 5))
        #expect(query.options.coolDownSeconds == 1_209_600)
    }

    @Test func `a recalibration takes both ends of its interval or none`() throws {
        let both = Parameters(["from": "2013-06-01", "to": "2013-07-01", "method": "isotonic"])
        let query = try RecalibrationQuery.asking(both)(task)
        #expect(query.interval?.days == 30 && query.method == .isotonic)
        #expect(try RecalibrationQuery.asking(Parameters())(task).interval == nil)
        for name in ["from", "to"] {
            #expect(throws: ParameterFault.self) {
                try RecalibrationQuery.asking(both.without(name))
            }
        }
    }

    @Test func `a window the wrong way round is refused of every question`() throws {
        let reversed = Parameters(["from": "2013-07-01", "to": "2013-06-01"])
        #expect(throws: ReversedWindow.self) { try ReportQuery.asking(reversed)(task) }
        #expect(throws: ReversedWindow.self) { try CalibrationQuery.asking(reversed)(task) }
        #expect(throws: ReversedWindow.self) { try ComparisonQuery.asking(reversed)(task) }
        #expect(throws: ReversedWindow.self) { try RecalibrationQuery.asking(reversed)(task) }
    }
}

@Suite struct ToleranceRoundTripTests {
    @Test(arguments: [
        "10%", "0.02", "0", "0.0000001", "7%", "0.07%", "12.3456789%", "1000000", "0.1%", "33%",
        "0.00000000000123", "123456789012345678901", "12345678901234567",
    ])
    func `a tolerance comes back as it was, however small`(text: String) throws {
        let tolerance = try ToleranceText.tolerance(text)
        #expect(try ToleranceText.tolerance(ToleranceText.text(tolerance)) == tolerance)
    }

    @Test func `all shares and amounts of six decimals come back`() throws {
        for step in stride(from: 0, through: 2_000_000, by: 997) {
            let amount = Double(step) / 1e6
            for tolerance in [Tolerance.absolute(amount), .relative(amount / 100)] {
                #expect(try ToleranceText.tolerance(ToleranceText.text(tolerance)) == tolerance)
            }
        }
    }
}
