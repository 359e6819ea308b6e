using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Delivers one response to the caller in two steps, so that the record can be made durable between them: the caller
/// has the complete response only after <see cref="ReleaseAsync"/>.
/// </summary>
internal interface IResponseRelay : IDisposable
{
    /// <summary>True if the caller has nothing of the response yet, so that headers can still be set.</summary>
    bool IsFullyBuffered { get; }

    /// <summary>True if the caller gets the response without the provider's content encoding.</summary>
    bool DecodesForCaller { get; }

    /// <summary>
    /// Reads to the end of the response (or to its terminal event) and passes on everything that does not have to wait.
    /// </summary>
    ValueTask<ResponseOutcome> PumpAsync();

    /// <summary>Passes on what had to wait.</summary>
    ValueTask ReleaseAsync();
}
