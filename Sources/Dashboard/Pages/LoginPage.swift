/// Where people log in with a token.
package struct LoginPage: Sendable {
    /// Where they go from here.
    package var next: String
    /// What the form carries to show that it is ours; `nil` where no login is needed.
    package var formToken: String?
    /// What was wrong with the last try.
    package var fault: String?

    package init(next: String, formToken: String?, fault: String? = nil) {
        self.next = next
        self.formToken = formToken
        self.fault = fault
    }

    package var page: Page {
        Page(
            title: formToken == nil ? "No login is needed" : "Log in",
            content: formToken.map(form) ?? open
        )
    }

    private var open: HTML {
        """
        <h1>No login is needed</h1>
        <p>This service was started with <code>--open</code> and asks nobody for a token.</p>
        <p><a href="\(next)">Go on</a></p>
        """
    }

    private func form(_ token: String) -> HTML {
        let message: HTML =
            fault.map { "<p id=\"fault\" class=\"fault\" role=\"alert\">\($0)</p>" } ?? .empty
        let state: HTML =
            fault == nil
            ? " aria-describedby=\"hint\""
            : " aria-invalid=\"true\" aria-describedby=\"fault hint\""
        return """
            <h1>Log in</h1>
            <form class="login" method="post" action="/login">
            \(message)
            <label for="token">Token</label>
            <input id="token" name="token" type="password" required="" autofocus="" maxlength="200" \
            autocomplete="current-password" autocapitalize="none" spellcheck="false"\(state)/>
            <p id="hint" class="soft small">It begins with <code>gnm_</code>, needs the scope \
            <code>read</code>, and is made with: <code>gnomon token create NAME --scopes read</code></p>
            <input type="hidden" name="next" value="\(next)"/>
            <input type="hidden" name="form_token" value="\(token)"/>
            <button type="submit">Log in</button>
            </form>
            """
    }
}

/// Who is logged in, and the way out: what stands at the end of the banner.
package struct LogoutForm: Sendable {
    package var name: String
    package var formToken: String

    package init(name: String, formToken: String) {
        self.name = name
        self.formToken = formToken
    }

    package var html: HTML {
        """
        <form class="logout" method="post" action="/logout">\
        <span class="soft small"><bdi>\(name)</bdi></span> \
        <input type="hidden" name="form_token" value="\(formToken)"/>\
        <button class="quiet" type="submit">Log out</button></form>
        """
    }
}
