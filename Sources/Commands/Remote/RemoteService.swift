import Contract
import Evaluation
import Foundation
import Harness
import Presentation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks a service.
struct RemoteService: Sendable {
    let location: ServiceLocation

    /// What a service says in answer.
    struct Reply: Sendable {
        var status: Int
        var body: Data

        var json: JSONValue? { try? JSONValue(parsing: Array(body)) }
    }

    private static let outputType = "application/vnd.gnomon.output+json"
    /// Long uploads and verifications are answered when they are done.
    private static let patience: TimeInterval = 3_600

    /// What a command would have written had it worked here.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - format: In which form.
    /// - Returns: The text, and how the command ends.
    /// - Throws: `RemoteError`.
    func output(_ request: RemoteRequest, _ format: OutputFormat) async throws -> RemoteOutput {
        let emphasis = Terminal.style.isOn ? "; emphasis=on" : ""
        let accept = "\(Self.outputType); format=\(format.rawValue)\(emphasis)"
        let reply = try await send(request, accept: accept)
        guard let output = reply.json.flatMap(RemoteOutput.init) else { throw error(reply) }
        return output
    }

    /// What a service answers in a form that is passed on as it is.
    func text(_ request: RemoteRequest, accept: String) async throws -> String {
        let reply = try await send(request, accept: accept)
        guard reply.status == 200 else { throw error(reply) }
        return String(decoding: reply.body, as: UTF8.self)
    }

    /// Sends rows.
    ///
    /// - Returns: What became of them, also where all were rejected.
    /// - Throws: `RemoteError`.
    func upload(_ request: RemoteRequest) async throws -> UploadReport {
        // Rows are answered for in JSON in any case; what goes wrong is said in the words of commands.
        let reply = try await send(request, accept: Self.outputType)
        // A problem has the report in a member.
        guard let json = reply.json,
            let report = UploadReport(json) ?? json["upload"].flatMap(UploadReport.init)
        else {
            throw error(reply)
        }
        return report
    }

    private func error(_ reply: Reply) -> RemoteError {
        guard let json = reply.json, case .string(let type)? = json["type"],
            case .string(let detail)? = json["detail"]
        else { return .notUnderstood(url: location.url.absoluteString, status: reply.status) }
        return .problem(
            kind: String(type.split(separator: "#").last ?? ""),
            status: reply.status,
            detail: detail
        )
    }

    // MARK: - HTTP

    private func send(_ request: RemoteRequest, accept: String) async throws -> Reply {
        var message = URLRequest(
            url: location.address(request.path, request.parameters),
            timeoutInterval: Self.patience
        )
        message.httpMethod = request.method
        message.setValue(accept, forHTTPHeaderField: "Accept")
        message.setValue("gnomon/\(Program.version)", forHTTPHeaderField: "User-Agent")
        if let token = location.token {
            message.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        }
        // A cookie or an answer of before is nothing to a command.
        let session = URLSession(
            configuration: .ephemeral,
            delegate: RefusingRedirects(),
            delegateQueue: nil
        )
        defer { session.finishTasksAndInvalidate() }
        do {
            return try await Self.exchange(message, request.body, session)
        } catch let error as URLError {
            throw RemoteError.unreachable(
                url: location.url.absoluteString,
                reason: error.localizedDescription
            )
        }
    }

    private static func exchange(
        _ message: URLRequest,
        _ body: RemoteRequest.Body,
        _ session: URLSession
    ) async throws -> Reply {
        var message = message
        let (data, response): (Data, URLResponse)
        switch body {
        case .none:
            (data, response) = try await session.data(for: message)
        case .json(let json):
            message.setValue("application/json", forHTTPHeaderField: "Content-Type")
            (data, response) = try await session.upload(for: message, from: Data(json.text.utf8))
        case .rows(let file):
            message.setValue(file.contentType, forHTTPHeaderField: "Content-Type")
            if file.isGzip { message.setValue("gzip", forHTTPHeaderField: "Content-Encoding") }
            (data, response) = try await session.upload(
                for: message,
                fromFile: URL(fileURLWithPath: file.path)
            )
        }
        return Reply(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: data)
    }
}

/// A token must not follow to where a service points.
private final class RefusingRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
