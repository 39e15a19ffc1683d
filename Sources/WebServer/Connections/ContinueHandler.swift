import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Has `ContinueHandler` tell a client to send its body.
struct AskForBody: Sendable {}

/// Says `100 Continue` when it is asked to, and hides from others what HTTP/1.0 may not expect.
final class ContinueHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version != .http1_1 else {
            context.fireChannelRead(data)
            return
        }
        head.headers.remove(name: "Expect")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard event is AskForBody else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: promise)
    }
}

/// HTTP/1 with a `ConnectionHandler` and a `ContinueHandler` on each connection.
struct WatchedChannel: ServerChildChannel {
    let http: HTTP1Channel
    let connections: OpenConnections
    let headTime: TimeAmount

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            // Behind it are requests as HTTP/1 has them; further on nobody knows their version any more.
            let decoder = try pipeline.handler(
                type: ByteToMessageHandler<HTTPRequestDecoder>.self
            )
            let watch = ConnectionHandler(connections: connections, headTime: headTime)
            try pipeline.addHandlers([watch, ContinueHandler()], position: .after(decoder))
            return value
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http.handle(value: value, logger: logger)
    }
}
