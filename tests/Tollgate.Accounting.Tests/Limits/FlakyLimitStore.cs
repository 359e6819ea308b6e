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

    /// <summary>Called once, after an exchange was decided and before its response arrives.</summary>
    public Action? BeforeExchangeAnswers;

    public async Task<LeaseResponse> ExchangeAsync(
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken = default
    )
    {
        if (IsDown)
            throw new LedgerUnavailableException("The server is away.", null);
        var answer = await inner.ExchangeAsync(holder, orders, cancellationToken);
        Interlocked.Exchange(ref BeforeExchangeAnswers, null)?.Invoke();
        if (Garbles)
            return answer with { States = [] };
        return LosesAnswers ? throw new LedgerUnavailableException("The answer was lost.", null) : answer;
    }

    public async Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken = default
    )
    {
        var counts = await inner.ReadAsync(limits, cancellationToken);
        if (Interlocked.Exchange(ref BeforeReadingAnswers, null) is { } meanwhile)
            await meanwhile();
        return counts;
    }

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default) =>
        inner.ResetAsync(limit, target, cancellationToken);

    public Task<ReconciliationSnapshot> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellationToken = default
    ) => inner.SnapshotAsync(limit, query, fromWindow, cancellationToken);

    public Task<bool> AdjustAsync(
        Limit limit,
        string target,
        CounterAdjustment raise,
        CancellationToken cancellationToken = default
    ) => inner.AdjustAsync(limit, target, raise, cancellationToken);

    public Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default) =>
        inner.PruneAsync(limits, cancellationToken);

    public Task DeleteAsync(IReadOnlyList<string> limitIds, CancellationToken cancellationToken = default) =>
        inner.DeleteAsync(limitIds, cancellationToken);

    public Task<IReadOnlyList<HeldLeases>> ListHoldersAsync(CancellationToken cancellationToken = default) =>
        inner.ListHoldersAsync(cancellationToken);

    public Task ReleaseAsync(Guid holder, CancellationToken cancellationToken = default) =>
        inner.ReleaseAsync(holder, cancellationToken);
}
