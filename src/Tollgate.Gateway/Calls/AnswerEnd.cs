using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Calls;

/// <summary>The outcome of reading a response.</summary>
/// <param name="Outcome">The outcome to book.</param>
/// <param name="ErrorType">
/// A short class of the failure; null if there is none, or if the response itself names one.
/// </param>
internal readonly record struct AnswerEnd(CallOutcome Outcome, string? ErrorType = null)
{
    public static readonly AnswerEnd Whole = new(CallOutcome.Completed);

    /// <summary>The response's content encoding was invalid.</summary>
    public static readonly AnswerEnd Undecodable = new(CallOutcome.UpstreamCut, "bad_encoding");

    /// <summary>The stream has a frame that is too large for any client.</summary>
    public static readonly AnswerEnd FrameTooLarge = new(CallOutcome.UpstreamCut, "frame_too_large");

    /// <summary>The gateway itself failed while handling the response.</summary>
    public static readonly AnswerEnd GateFault = new(CallOutcome.GateDied, "gate_fault");

    /// <summary>The gateway had to stop before the response was complete.</summary>
    public static readonly AnswerEnd GateStopped = new(CallOutcome.UpstreamCut, "gate_stopped");

    /// <summary>Whether it was ended on this side: not the deployment's failure, and no reason to retry.</summary>
    public bool EndedHere => Outcome == CallOutcome.ClientLeft || this == GateStopped;

    /// <summary>Whether all bytes arrived.</summary>
    public bool IsWhole => Outcome == CallOutcome.Completed;

    /// <summary>This outcome if it is a failure, otherwise the other one.</summary>
    public AnswerEnd OrElse(AnswerEnd other) => IsWhole ? other : this;

    /// <summary>Classifies an exception of the upstream side.</summary>
    public static AnswerEnd Of(Exception fault, UpstreamDeadline deadline) =>
        fault switch
        {
            _ when deadline.GateStopped => GateStopped,
            _ when deadline.CallerLeft => new AnswerEnd(CallOutcome.ClientLeft, "client_left"),
            _ when deadline.TimedOut => new AnswerEnd(CallOutcome.TimedOut, "timeout"),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "name_resolution"
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "connect"
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "tls"
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "proxy"
            ),
            // The handler's own connect timeout; the attempt's deadline is excluded above.
            OperationCanceledException { InnerException: TimeoutException } => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "connect_timeout"
            ),
            // Not a network error: the request could not even be created, for example because of an invalid address.
            not (HttpRequestException or IOException or OperationCanceledException) => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "unsendable"
            ),
            _ => new AnswerEnd(CallOutcome.UpstreamCut, "upstream_cut"),
        };
}
