import Encoding
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection whose request is too long or too slow, or that stands still.
///
/// It stands in the pipeline before whoever answers: what it refuses never reaches memory.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var bytes = 0
  private var deadline: Scheduled<Void>?
  private var isAnswering = false
  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // What a refused client still sends is read and dropped, so that it can read why: closing at once would reset it.
    guard !isRefused else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      bytes = 0
      if let length = head.headerFields[.contentLength].flatMap(Int.init), length > WebLimits.body {
        return refuse(context, Self.tooLong)
      }
      expectEnd(context)
    case .body(let part):
      bytes += part.readableBytes
      if bytes > WebLimits.body { return refuse(context, Self.tooLong) }
    case .end:
      deadline?.cancel()
      deadline = nil
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isRefused ? context.read() : context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isRefused else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head: isAnswering = true
    case .body: break
    case .end: isAnswering = false
    }
    context.write(data, promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    context.fireChannelInactive()
  }

  private static let tooLong = WebFault(
    413, "body_too_long", "a request's body has at most \(WebLimits.body) bytes")
  private static let tooSlow = WebFault(
    408, "request_too_slow",
    "a request arrives within \(WebLimits.arrival.nanoseconds / 1_000_000_000) seconds")

  private func expectEnd(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    let (loop, guarded, bound) = (
      context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop),
      NIOLoopBound(context, eventLoop: context.eventLoop)
    )
    deadline = loop.scheduleTask(in: WebLimits.arrival) { guarded.value.refuse(bound.value, Self.tooSlow) }
  }

  /// Answers with `fault` if no answer has begun, and closes the connection.
  private func refuse(_ context: ChannelHandlerContext, _ fault: WebFault) {
    isRefused = true
    deadline?.cancel()
    deadline = nil
    if !isAnswering {
      let answer = Answer(fault)
      var head = answer.response.head
      head.headerFields[.connection] = "close"
      head.headerFields[.contentLength] = String(answer.body.count)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: answer.body))), promise: nil)
      context.write(wrapOutboundOut(.end(nil)), promise: nil)
      context.flush()
    }
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: WebLimits.farewell) { bound.value.close(promise: nil) }
    context.read()
  }
}
