import HTTPTypes
import NIOCore
import NIOHTTP1

/// Keeps a connection to what HTTP/1 says of connections: behind it nobody knows of versions and half heads.
///
/// - The first head must be there in time; for later ones the idle time of the connection holds.
/// - HTTP/1.0 gets its answer and no further one: few of its clients and proxies can tell where it ends.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let connections: OpenConnections
    private let headTime: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Of the requests that have no full answer yet, in order.
    private var versions: [HTTPVersion] = []

    init(connections: OpenConnections, headTime: TimeAmount) {
        self.connections = connections
        self.headTime = headTime
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        connections.opened(channel)
        channel.closeFuture.whenComplete { [connections] _ in connections.closed(channel) }
        deadline = context.eventLoop.scheduleTask(in: headTime) { channel.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else {
            context.fireChannelRead(data)
            return
        }
        deadline?.cancel()
        deadline = nil
        if versions.isEmpty { connections.began(context.channel) }
        versions.append(head.version)
        // It may leave the name out, HTTP/1.1 may not.
        if head.version != .http1_1, head.headers["Host"].isEmpty {
            head.headers.add(name: "Host", value: "")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isOld = versions.first.map { $0 != .http1_1 } ?? false
        switch unwrapOutboundIn(data) {
        case .head(var head) where isOld:
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            if !versions.isEmpty { versions.removeFirst() }
            if versions.isEmpty, !isOld { connections.answered(context.channel) }
            guard isOld else {
                context.write(data, promise: promise)
                return
            }
            let channel = context.channel
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            context.writeAndFlush(data, promise: written)
        default: context.write(data, promise: promise)
        }
    }
}
