import Contract
package import HTTPTypes
package import Presentation

extension Answer {
    /// An answer in the form that the request asks for.
    package init(
        _ result: some Presentable,
        for call: Call,
        status: HTTPResponse.Status = .ok
    ) {
        switch call.form {
        case .json, .svg: self.init(json: result.json, status: status)
        case .text:
            self.init(
                status: status,
                contentType: "text/plain; charset=utf-8",
                body: Array(result.document.text().utf8)
            )
        case .csv:
            self.init(
                status: status,
                contentType: "text/csv; charset=utf-8; header=present",
                body: Array(result.csv.text.utf8)
            )
        case .output(let format, let hasEmphasis):
            self.init(
                json: [
                    "output": .string(result.text(format, style: TextStyle(isOn: hasEmphasis))),
                    "exit_status": .integer(Int64(result.status.code)),
                    "failure": JSONValue(result.failure),
                    "warnings": .strings(result.warnings),
                ],
                status: status,
                contentType: AnswerForm.outputType
            )
        }
        headers[.vary] = "Accept"
    }
}
