import Dashboard
import HTTPTypes

extension Problem {
    /// The same for people.
    var page: Answer {
        let page = ProblemPage(
            status: kind.status.code,
            title: kind.title,
            detail: detail,
            offersLogin: [.unauthorized, .forbidden].contains(kind)
        )
        var answer = Answer(page: page.page, status: kind.status)
        let told = self.answer
        answer.endsConnection = told.endsConnection
        for field in told.headers where field.name != .contentType {
            answer.headers[field.name] = field.value
        }
        return answer
    }
}
