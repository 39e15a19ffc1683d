import Presentation
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (0.1668351, "0.167"), (0.0361506, "0.0362"), (42.3811, "42.38"), (123.456, "123.5"),
        (1234.5, "1234"), (54_316.2, "54,316"), (0, "0.000"), (-1.405, "-1.405"),
        (0.00001, "1.00e-05"), (1e12, "1.00e+12"),
    ])
    func `about three digits tell a number`(value: Double, text: String) {
        #expect(NumberText.number(value) == text)
    }

    @Test func `beside a sentence a number has the digits of the sentence`() {
        #expect(NumberText.told(0.0013984) == "0.001398")
        #expect(NumberText.told(-.infinity) == "–")
        #expect(NumberText.interval(0.0013984, 0.02025) == "0.001398–0.02025")
        #expect(NumberText.interval(-0.0005675, 0.0152) == "-0.0005675 to 0.01520")
    }

    @Test func `counts have separators`() {
        #expect(NumberText.count(0) == "0")
        #expect(NumberText.count(999) == "999")
        #expect(NumberText.count(54_316) == "54,316")
        #expect(NumberText.count(-1_234_567) == "-1,234,567")
    }

    @Test func `a share that is not all never reads as all`() {
        #expect(NumberText.percent(1) == "100 %")
        #expect(NumberText.percent(0.99999) == ">99.9 %")
        #expect(NumberText.percent(0.00001) == "<0.1 %")
        #expect(NumberText.percent(0) == "0.0 %")
        #expect(NumberText.percent(nil) == "–")
        #expect(NumberText.percent(0.9749) == "97.5 %")
    }

    @Test func `bounds are rounded up`() {
        #expect(NumberText.bound(0.0021) == "0.003")
        #expect(NumberText.bound(0.000021) == "0.00003")
        #expect(NumberText.bound(2.3) == "3")
    }

    @Test func `intervals with a sign use words`() {
        #expect(NumberText.interval(0.161, 0.172, decimals: 3) == "0.161–0.172")
        #expect(NumberText.interval(-0.2, 0.3, decimals: 1) == "-0.2 to 0.3")
        #expect(NumberText.interval(0.0000463, 0.013, decimals: 4) == "<0.0001–0.0130")
        #expect(NumberText.interval(-0.013, -0.00002, decimals: 4) == "-0.0130 to >-0.0001")
        #expect(NumberText.interval(0.0000012, 0.0000034, decimals: 4) == "1.20e-06–3.40e-06")
        #expect(NumberText.interval(0, 0.2, decimals: 1) == "0.0–0.2")
    }
}
