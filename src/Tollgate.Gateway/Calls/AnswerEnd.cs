using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Calls;

/// <summary>How the reading of one answer ended.</summary>
/// <param name="Outcome">What is to be booked.</param>
/// <param name="ErrorType">A short class of the failure; null where there is none, or where the answer itself names
/// one.</param>
internal readonly record struct AnswerEnd(CallOutcome Outcome, string? ErrorType = null)
{
    public static readonly AnswerEnd Whole = new(CallOutcome.Completed);

    /// <summary>The answer's content encoding was broken.</summary>
    public static readonly AnswerEnd Undecodable = new(CallOutcome.UpstreamCut, "bad_encoding");

    /// <summary>The stream has a frame that no client waits for.</summary>
    public static readonly AnswerEnd FrameTooLarge = new(CallOutcome.UpstreamCut, "frame_too_large");

    /// <summary>The gate itself failed with the answer.</summary>
    public static readonly AnswerEnd GateFault = new(CallOutcome.GateDied, "gate_fault");

    /// <summary>The gate had to stop before the answer was whole.</summary>
    public static readonly AnswerEnd GateStopped = new(CallOutcome.UpstreamCut, "gate_stopped");

    /// <summary>Whether it was ended on this side: no fault of the deployment, and nothing to try again for.</summary>
    public bool EndedHere => Outcome == CallOutcome.ClientLeft || this == GateStopped;

    /// <summary>Whether all bytes arrived.</summary>
    public bool IsWhole => Outcome == CallOutcome.Completed;

    /// <summary>This end where it is a failure, else the other one.</summary>
    public AnswerEnd OrElse(AnswerEnd other) => IsWhole ? other : this;

    /// <summary>Says what an exception of the upstream side means.</summary>
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
            // Nothing of the network's kind: the request could not even be made, such as an address that is none.
            not (HttpRequestException or IOException or OperationCanceledException) => new AnswerEnd(
                CallOutcome.ConnectFailed,
                "unsendable"
            ),
            _ => new AnswerEnd(CallOutcome.UpstreamCut, "upstream_cut"),
        };
}
