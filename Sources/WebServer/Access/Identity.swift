package import Evaluation
import Harness

/// Who asks, and what they may.
package struct Identity: Sendable, Equatable {
    /// 0 where nobody is asked for a token.
    package var tokenID: Int32
    package var name: Name
    package var scopes: Set<AccessScope>
    /// `nil` for all.
    package var tasks: Set<Name>?

    /// Everybody, of a service that asks for no token.
    package static let anybody = Identity(
        tokenID: 0,
        name: Name(Author.anybody),
        scopes: Set(AccessScope.allCases),
        tasks: nil
    )

    /// Somebody who gave no token, where none is needed.
    package static let nobody = Identity(tokenID: 0, name: "", scopes: [], tasks: [])

    package init(tokenID: Int32, name: Name, scopes: Set<AccessScope>, tasks: Set<Name>?) {
        self.tokenID = tokenID
        self.name = name
        self.scopes = scopes
        self.tasks = tasks
    }

    /// What the audit log calls whoever asks.
    var author: String { name.text }

    /// The name of the token, where there is one.
    var tokenName: Name? { tokenID == 0 ? nil : name }

    init(_ token: AccessToken) {
        self.init(tokenID: token.id, name: token.name, scopes: token.scopes, tasks: token.tasks)
    }

    /// - Throws: `Problem` where the scope is not among those of the token.
    func require(_ scope: AccessScope) throws {
        guard scopes.contains(scope) else {
            let own = scopes.map(\.rawValue).sorted().joined(separator: ", ")
            throw Problem(
                .forbidden,
                "This needs the scope \(scope.rawValue); the token has: \(own). Make another one "
                    + "with: gnomon token create NAME --scopes \(scope.rawValue)"
            )
        }
    }

    /// Who is held to some tasks must not make a token that is held to none.
    ///
    /// - Throws: `Problem` where the token is good for some tasks only.
    func requireAllTasks() throws {
        guard tasks == nil else {
            throw Problem(
                .forbidden,
                "The token is good for some tasks only, and tokens are about all of them."
            )
        }
    }

    /// - Throws: `Problem` where the token is not good for the task, whether there is one or not.
    func require(task: Name) throws {
        if let tasks, !tasks.contains(task) {
            throw Problem(.forbidden, "The token is not good for the task \"\(task)\".")
        }
    }
}
