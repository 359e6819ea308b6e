using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Calls;

/// <summary>The outcome of reading a response.</summary>
/// <param name="Outcome">The outcome to book.</param>
/// <param name="ErrorType">
/// A short class of the failure; null if there is none, or if the response itself names one.
/// </param>
internal readonly record struct ResponseOutcome(CallOutcome Outcome, string? ErrorType = null)
{
    public static readonly ResponseOutcome Complete = new(CallOutcome.Completed);

    /// <summary>The response's content encoding was invalid.</summary>
    public static readonly ResponseOutcome Undecodable = new(CallOutcome.UpstreamCut, "invalid_encoding");

    /// <summary>The stream has a frame that is too large for any client.</summary>
    public static readonly ResponseOutcome FrameTooLarge = new(CallOutcome.UpstreamCut, "frame_too_large");

    /// <summary>The gateway itself failed while handling the response.</summary>
    public static readonly ResponseOutcome GatewayFailed = new(CallOutcome.GatewayCrashed, "gateway_error");

    /// <summary>The gateway had to stop before the response was complete.</summary>
    public static readonly ResponseOutcome GatewayStopped = new(CallOutcome.UpstreamCut, "gateway_stopped");

    /// <summary>True if it was ended on this side: not the deployment's failure, and no reason to retry.</summary>
    public bool EndedLocally => Outcome == CallOutcome.ClientDisconnected || this == GatewayStopped;

    /// <summary>True if all bytes arrived.</summary>
    public bool IsComplete => Outcome == CallOutcome.Completed;

    /// <summary>This outcome if it is a failure, otherwise the other one.</summary>
    public ResponseOutcome FirstFailure(ResponseOutcome other) => IsComplete ? other : this;

    /// <summary>Classifies an exception of the upstream side.</summary>
    public static ResponseOutcome FromException(Exception exception, UpstreamDeadline deadline) =>
        exception switch
        {
            _ when deadline.GatewayStopped => GatewayStopped,
            _ when deadline.CallerDisconnected => new ResponseOutcome(
                CallOutcome.ClientDisconnected,
                "client_disconnected"
            ),
            _ when deadline.TimedOut => new ResponseOutcome(CallOutcome.TimedOut, "timeout"),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new ResponseOutcome(
                CallOutcome.ConnectFailed,
                "name_resolution"
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new ResponseOutcome(
                CallOutcome.ConnectFailed,
                "connect"
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new ResponseOutcome(
                CallOutcome.ConnectFailed,
                "tls"
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => new ResponseOutcome(
                CallOutcome.ConnectFailed,
                "proxy"
            ),
            // The handler's own connect timeout; the attempt's deadline is excluded above.
            OperationCanceledException { InnerException: TimeoutException } => new ResponseOutcome(
                CallOutcome.ConnectFailed,
                "connect_timeout"
            ),
            // Not a network error: the request could not even be created, for example because of an invalid address.
            not (HttpRequestException or IOException or OperationCanceledException) => new ResponseOutcome(
                CallOutcome.ConnectFailed,
                "invalid_upstream_request"
            ),
            _ => new ResponseOutcome(CallOutcome.UpstreamCut, "upstream_cut"),
        };
}
