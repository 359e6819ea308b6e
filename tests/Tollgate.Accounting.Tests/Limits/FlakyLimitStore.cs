using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>
/// Counters on a server that does what it is told, and whose answers may be lost on the way, or that is away.
/// </summary>
internal sealed class FlakyLimitStore(ILimitStore inner) : ILimitStore
{
    public volatile bool LosesAnswers;

    public volatile bool IsDown;

    /// <summary>Whether answers are such as no store gives: a mistake that nobody has foreseen.</summary>
    public volatile bool Garbles;

    /// <summary>What happens once, after counters were read and before the answer is there.</summary>
    public Func<Task>? BeforeReadingAnswers;

    public async Task<GrantAnswer> ExchangeAsync(
        GrantHolder holder,
        IReadOnlyList<GrantOrder> orders,
        CancellationToken cancellation = default
    )
    {
        if (IsDown)
            throw new LedgerUnavailableException("The server is away.", null);
        var answer = await inner.ExchangeAsync(holder, orders, cancellation);
        if (Garbles)
            return answer with { States = [] };
        return LosesAnswers ? throw new LedgerUnavailableException("The answer was lost.", null) : answer;
    }

    public async Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellation = default
    )
    {
        var counts = await inner.ReadAsync(limits, cancellation);
        if (Interlocked.Exchange(ref BeforeReadingAnswers, null) is { } meanwhile)
            await meanwhile();
        return counts;
    }

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellation = default) =>
        inner.ResetAsync(limit, target, cancellation);

    public Task<LedgerAndCounts> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellation = default
    ) => inner.SnapshotAsync(limit, query, fromWindow, cancellation);

    public Task<bool> RaiseAsync(
        Limit limit,
        string target,
        CounterRaise raise,
        CancellationToken cancellation = default
    ) => inner.RaiseAsync(limit, target, raise, cancellation);

    public Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default) =>
        inner.PruneAsync(limits, cancellation);

    public Task ForgetAsync(IReadOnlyList<string> limitIds, CancellationToken cancellation = default) =>
        inner.ForgetAsync(limitIds, cancellation);

    public Task<IReadOnlyList<HolderState>> HoldersAsync(CancellationToken cancellation = default) =>
        inner.HoldersAsync(cancellation);

    public Task ReleaseAsync(Guid holder, CancellationToken cancellation = default) =>
        inner.ReleaseAsync(holder, cancellation);
}
