using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The quota that one call needs from its limits.</summary>
internal sealed class AdmissionRequest
{
    /// <summary>The matches of one call; cleared before each use and not shared in between.</summary>
    [ThreadStatic]
    private static List<(CompiledLimit Limit, string Target)>? _matches;

    private static readonly TimeSpan SuspendedRetryAfter = TimeSpan.FromSeconds(30);

    private readonly List<Demand> _demands;

    private AdmissionRequest(int asks) => _demands = new List<Demand>(asks);

    /// <summary>The demands, one for each counter.</summary>
    public IReadOnlyList<Demand> Demands => _demands;

    /// <summary>Why no lease could help; null if one can.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>A soft limit on single calls that this call exceeds; null if there is none.</summary>
    public Limit? ExceededSoftLimit { get; private set; }

    /// <summary>True if the call is admitted in any case.</summary>
    public bool IsForced { get; set; }

    /// <summary>When it was last evaluated, by the store's clock.</summary>
    public UnixMicros Now { get; private set; }

    /// <summary>Creates the request for a call; null if no limit applies to it.</summary>
    public static AdmissionRequest? Create(
        LimitTable table,
        in LimitSubject subject,
        in LimitDemand bound,
        AdmissionOptions options,
        UnixMicros now
    )
    {
        var found = _matches ??= [];
        found.Clear();
        table.Match(subject, found);
        if (found.Count == 0)
            return null;
        var request = new AdmissionRequest(found.Count);
        foreach (var (limit, target) in found)
            request.Add(limit, target, bound, options, now);
        return request._demands.Count == 0 && request.Refusal is null && request.ExceededSoftLimit is null
            ? null
            : request;
    }

    /// <summary>
    /// Bounds the number of caller-supplied values: beyond the bound a hard limit refuses, and other limits count all
    /// further values together. Returns the refusal; null if there is none. Called once, under the controller's lock.
    /// </summary>
    public Refusal? BoundTargets(in LimitSubject subject, int most, UnixMicros now)
    {
        for (var index = 0; index < _demands.Count; index++)
        {
            var ask = _demands[index];
            if (!subject.HasUnboundedValues(ask.Limit.Limit.Scope) || ask.Limit.TryTrackTarget(ask.Target, most, now))
                continue;
            if (ask.Limit.Limit is { Mode: LimitMode.Hard, Amount: not null } limit && !IsForced)
                return new Refusal
                {
                    Kind = RefusalKind.TooManyValues,
                    Limit = limit,
                    Target = ask.Target,
                    Allowed = most,
                    RetryAfter = RefusalFactory.TimeUntilRoom(limit, now),
                };
            _demands[index] = ask with { Target = ActiveTargets.OverflowTarget };
        }

        return null;
    }

    /// <summary>
    /// Finds the current accounts; returns false if one of them has too little. Must be called under the controller's
    /// lock.
    /// </summary>
    public bool TryResolve(UnixMicros now, bool leaseIsGood)
    {
        Now = now;
        var suffices = true;
        for (var index = 0; index < _demands.Count; index++)
        {
            var ask = _demands[index];
            var account = ask.Limit.GetAccount(ask.Target, now);
            account.Demand.LastUsedAt = now;
            _demands[index] = ask with { Account = account };
            if (account.Limit.LeasesQuota() && ask.Amount > 0 && (!leaseIsGood || account.Lease.Free < ask.Amount))
                suffices = false;
        }

        return suffices;
    }

    /// <summary>
    /// Returns the refusal of the tightest limit for which the store has too little left; null if each has enough.
    /// </summary>
    /// <param name="exchange">Only what this exchange or a later one has seen counts.</param>
    public Refusal? FindExhausted(long exchange)
    {
        Refusal? tightest = null;
        foreach (var ask in _demands)
        {
            var account = ask.Account!;
            if (
                !account.Limit.LeasesQuota()
                || account.Reading.Exchange < exchange
                || account.Lease.Free >= ask.Amount
                // Quota on its way back was granted to this gateway, so another exchange can grant it again.
                || account.Reading.Count.Remaining + account.Lease.Free + account.Lease.Returning >= ask.Amount
            )
                continue;
            var refusal = RefusalFactory.CreateExhausted(ask.Limit.Limit, ask.Target, ask.Amount, account, Now);
            if (tightest is null || WaitTime(refusal) > WaitTime(tightest))
                tightest = refusal;
        }

        return tightest is null
            ? null
            : tightest with
            {
                Statuses =
                [
                    .. _demands.Select(ask =>
                        LimitStatus.Create(ask.Account!, Now.ToTime())
                    ),
                ],
            };
    }

    /// <summary>Returns the refusal for a call when the store cannot be reached.</summary>
    public Refusal RefuseUnavailable()
    {
        foreach (var ask in _demands)
            if (ask.Account is { } account && account.Limit.LeasesQuota() && account.Lease.Free < ask.Amount)
                return RefuseUnavailable(ask);
        return RefuseUnavailable(_demands[0]);
    }

    /// <summary>
    /// Returns the refusal for a call that a hard limit would have to count; null if there is no such limit.
    /// </summary>
    public Refusal? RefuseSuspended(string cause)
    {
        foreach (var ask in _demands)
            if (ask.Limit.Limit.LeasesQuota())
                return RefuseUnavailable(ask) with { Cause = cause, RetryAfter = SuspendedRetryAfter };
        return null;
    }

    private static TimeSpan WaitTime(Refusal refusal) => refusal.RetryAfter ?? TimeSpan.MaxValue;

    private static Refusal RefuseUnavailable(Demand ask) =>
        new()
        {
            Kind = RefusalKind.Unavailable,
            Limit = ask.Limit.Limit,
            Target = ask.Target,
            Requested = ask.Amount,
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    private void Add(
        CompiledLimit compiled,
        string target,
        in LimitDemand bound,
        AdmissionOptions options,
        UnixMicros now
    )
    {
        var limit = compiled.Limit;
        var isHard = limit.Mode == LimitMode.Hard;
        Int128? ifUnpriced = null;
        if (bound[limit.Metric] is not { } amount)
        {
            if (isHard && options.Unpriced == UnpricedPolicy.Block && limit.Amount is not null)
                Refusal ??= new Refusal
                {
                    Kind = RefusalKind.Unpriced,
                    Limit = limit,
                    Target = target,
                };
            ifUnpriced =
                options.Unpriced == UnpricedPolicy.Ceiling ? LimitAmount.FromUsd(options.UnpricedCeiling) : null;
            amount = ifUnpriced ?? 0;
        }

        var most = limit.MaxAt(now.ToTime());
        if (isHard && most is { } allowed && amount > allowed)
        {
            Refusal ??= new Refusal
            {
                Kind = allowed == 0 ? RefusalKind.Denied : RefusalKind.ExceedsLimit,
                Limit = limit,
                Target = target,
                Requested = amount,
                Allowed = allowed,
            };
        }

        if (limit is { Metric: LimitMetric.CostPerRequest, Mode: LimitMode.Soft } && amount > most)
            ExceededSoftLimit ??= limit;
        if (limit.Metric != LimitMetric.CostPerRequest)
            _demands.Add(new Demand(compiled, target, amount, ifUnpriced, null));
    }

    /// <summary>The demand on one counter.</summary>
    internal readonly record struct Demand(
        CompiledLimit Limit,
        string Target,
        Int128 Amount,
        Int128? IfUnpriced,
        LimitAccount? Account
    );
}
