using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The quota that one call needs from its limits.</summary>
internal sealed class AdmissionRequest
{
    /// <summary>The matches of one call; cleared before each use and not shared in between.</summary>
    [ThreadStatic]
    private static List<(CompiledLimit Limit, string Target)>? _found;

    private static readonly TimeSpan SuspendedPatience = TimeSpan.FromSeconds(30);

    private readonly List<Ask> _asks;

    private AdmissionRequest(int asks) => _asks = new List<Ask>(asks);

    /// <summary>The demands, one for each counter.</summary>
    public IReadOnlyList<Ask> Asks => _asks;

    /// <summary>Why no lease could help; null if one can.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>A soft limit on single calls that this call exceeds; null if there is none.</summary>
    public Limit? Passed { get; private set; }

    /// <summary>Whether the call is admitted in any case.</summary>
    public bool IsForced { get; set; }

    /// <summary>When it was last evaluated, in microseconds since 1970, by the store's clock.</summary>
    public long Now { get; private set; }

    /// <summary>Creates the request for a call; null if no limit applies to it.</summary>
    public static AdmissionRequest? Of(
        LimitTable table,
        in LimitSubject subject,
        in LimitDemand bound,
        AdmissionOptions options,
        long now
    )
    {
        var found = _found ??= [];
        found.Clear();
        table.Match(subject, found);
        if (found.Count == 0)
            return null;
        var request = new AdmissionRequest(found.Count);
        foreach (var (limit, target) in found)
            request.Add(limit, target, bound, options, now);
        return request._asks.Count == 0 && request.Refusal is null && request.Passed is null ? null : request;
    }

    /// <summary>
    /// Bounds the number of caller-supplied values: beyond the bound a hard limit refuses, and other limits count all
    /// further values together. Returns the refusal; null if there is none. Called once, under the controller's lock.
    /// </summary>
    public Refusal? Bound(in LimitSubject subject, int most, long now)
    {
        for (var index = 0; index < _asks.Count; index++)
        {
            var ask = _asks[index];
            if (!subject.MayNameAny(ask.Limit.Limit.Scope) || ask.Limit.Counts(ask.Target, most, now))
                continue;
            if (ask.Limit.Limit is { Mode: LimitMode.Hard, Amount: not null } limit && !IsForced)
                return new Refusal
                {
                    Kind = RefusalKind.TooManyValues,
                    Limit = limit,
                    Target = ask.Target,
                    Allowed = most,
                    RetryAfter = Refusals.RoomAfter(limit, now),
                };
            _asks[index] = ask with { Target = LiveTargets.Others };
        }

        return null;
    }

    /// <summary>
    /// Finds the current accounts; returns false if one of them has too little. Must be called under the controller's
    /// lock.
    /// </summary>
    public bool Resolve(long now, bool leaseIsGood)
    {
        Now = now;
        var suffices = true;
        for (var index = 0; index < _asks.Count; index++)
        {
            var ask = _asks[index];
            var account = ask.Limit.Account(ask.Target, now);
            account.LastAsked = now;
            _asks[index] = ask with { Account = account };
            if (account.Grants && ask.Amount > 0 && (!leaseIsGood || account.Free < ask.Amount))
                suffices = false;
        }

        return suffices;
    }

    /// <summary>
    /// Returns the refusal of the tightest limit for which the store has too little left; null if each has enough.
    /// </summary>
    /// <param name="exchange">Only what this exchange or a later one has seen counts.</param>
    public Refusal? Exhausted(long exchange)
    {
        Refusal? tightest = null;
        foreach (var ask in _asks)
        {
            var account = ask.Account!;
            if (
                !account.Grants
                || account.Seen < exchange
                || account.Free >= ask.Amount
                || account.Last.Rest + account.Free >= ask.Amount
            )
                continue;
            var refusal = Refusals.Spent(ask.Limit.Limit, ask.Target, ask.Amount, account, Now);
            if (tightest is null || Wait(refusal) > Wait(tightest))
                tightest = refusal;
        }

        return tightest is null
            ? null
            : tightest with
            {
                Standings =
                [
                    .. _asks.Select(ask =>
                        LimitStanding.Of(ask.Account!, DateTimeOffset.UnixEpoch.AddMicroseconds(Now))
                    ),
                ],
            };
    }

    /// <summary>Returns the refusal for a call when the store cannot be reached.</summary>
    public Refusal Unavailable()
    {
        foreach (var ask in _asks)
            if (ask.Account is { Grants: true } account && account.Free < ask.Amount)
                return Unavailable(ask);
        return Unavailable(_asks[0]);
    }

    /// <summary>
    /// Returns the refusal for a call that a hard limit would have to count; null if there is no such limit.
    /// </summary>
    public Refusal? Suspended(string cause)
    {
        foreach (var ask in _asks)
            if (ask.Limit.Limit is { Mode: LimitMode.Hard, Amount: not null })
                return Unavailable(ask) with { Cause = cause, RetryAfter = SuspendedPatience };
        return null;
    }

    private static TimeSpan Wait(Refusal refusal) => refusal.RetryAfter ?? TimeSpan.MaxValue;

    private static Refusal Unavailable(Ask ask) =>
        new()
        {
            Kind = RefusalKind.Unavailable,
            Limit = ask.Limit.Limit,
            Target = ask.Target,
            Asked = ask.Amount,
            RetryAfter = TimeSpan.FromSeconds(2),
        };

    private void Add(CompiledLimit compiled, string target, in LimitDemand bound, AdmissionOptions options, long now)
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
            ifUnpriced = options.Unpriced == UnpricedPolicy.Ceiling ? LimitAmount.OfUsd(options.UnpricedCeiling) : null;
            amount = ifUnpriced ?? 0;
        }

        var most = limit.MostAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now));
        if (isHard && most is { } allowed && amount > allowed)
        {
            Refusal ??= new Refusal
            {
                Kind = allowed == 0 ? RefusalKind.Denied : RefusalKind.NeverFits,
                Limit = limit,
                Target = target,
                Asked = amount,
                Allowed = allowed,
            };
        }

        if (limit is { Metric: LimitMetric.CostPerRequest, Mode: LimitMode.Soft } && amount > most)
            Passed ??= limit;
        if (limit.Metric != LimitMetric.CostPerRequest)
            _asks.Add(new Ask(compiled, target, amount, ifUnpriced, null));
    }

    /// <summary>The demand on one counter.</summary>
    internal readonly record struct Ask(
        CompiledLimit Limit,
        string Target,
        Int128 Amount,
        Int128? IfUnpriced,
        LimitAccount? Account
    );
}
