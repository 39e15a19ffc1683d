/// What went wrong, for people.
package struct ProblemPage: Sendable {
    package var status: Int
    package var title: String
    package var detail: String
    /// Whether another login may help.
    package var offersLogin: Bool

    package init(status: Int, title: String, detail: String, offersLogin: Bool) {
        self.status = status
        self.title = title
        self.detail = detail
        self.offersLogin = offersLogin
    }

    package var page: Page {
        let login: HTML =
            offersLogin ? " · <a href=\"/login\">Log in with another token</a>" : .empty
        return Page(
            title: title,
            content: """
                <p class="soft small">\(status)</p>
                <h1>\(title)</h1>
                <p>\(detail)</p>
                <p><a href="/">All tasks</a>\(login)</p>
                """
        )
    }
}
