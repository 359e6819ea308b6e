using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Brings one answer to the caller in two steps, so that the record can be made durable between them: the caller has
/// the whole answer only after <see cref="ReleaseAsync"/>.
/// </summary>
internal interface IAnswerRelay : IDisposable
{
    /// <summary>Reads to the end of the answer (or to its terminal event), passing on all that need not wait.</summary>
    ValueTask<AnswerEnd> PumpAsync();

    /// <summary>Passes on what had to wait.</summary>
    ValueTask ReleaseAsync();
}
