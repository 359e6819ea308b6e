using Tollgate.Accounting.Usage;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>
/// The part of the ledger that the sender of a response that lasts may see at each time. A new user or new teams of an
/// account count with the next look, keys that join or leave a team within ten seconds.
/// </summary>
internal sealed class SenderReach(ApiRequest request, UsageReachResolver reaches, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private (Reach Reach, UsageReach Usage, long At)? _known;

    /// <summary>Returns the part that the sender sees now: nothing if it may no longer do this.</summary>
    public async Task<UsageReach> ResolveAsync(CancellationToken cancellationToken)
    {
        if (await request.FindSenderAsync(cancellationToken) is not { Reach: var reach })
            return UsageReach.Nothing;
        if (_known is { } known && known.Reach == reach && time.GetElapsedTime(known.At) < MaxAge)
            return known.Usage;
        var usage = await reaches.ResolveAsync(reach, cancellationToken);
        _known = (reach, usage, time.GetTimestamp());
        return usage;
    }
}
