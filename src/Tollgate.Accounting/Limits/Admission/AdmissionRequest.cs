using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>What one call asks of its limits.</summary>
internal sealed class AdmissionRequest
{
    /// <summary>What one call matched; emptied before it is used, and used by nobody else in between.</summary>
    [ThreadStatic]
    private static List<(CompiledLimit Limit, string Target)>? _found;

    private static readonly TimeSpan SuspendedPatience = TimeSpan.FromSeconds(30);

    private readonly List<Ask> _asks;

    private AdmissionRequest(int asks) => _asks = new List<Ask>(asks);

    /// <summary>What is asked, one for each counter.</summary>
    public IReadOnlyList<Ask> Asks => _asks;

    /// <summary>Why no grant could help; null where one can.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>A soft limit on the single call that this one is beyond; null where there is none.</summary>
    public Limit? Passed { get; private set; }

    /// <summary>Whether it is let through in any case.</summary>
    public bool IsForced { get; set; }

    /// <summary>When it was last looked at, in microseconds since 1970, by the store's clock.</summary>
    public long Now { get; private set; }

    /// <summary>The request of a call; null where no limit concerns it.</summary>
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
    /// Bounds the values of which a caller may name any: beyond the bound a hard limit refuses, and the others count
    /// all of them together. Gives the refusal; null where there is none. Under the controller's lock, once.
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
    /// Finds the accounts of now; false where some of them lacks what is asked. Under the controller's lock.
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
    /// The refusal of the tightest limit of which the store has too little left; null where each has enough.
    /// </summary>
    /// <param name="exchange">Only what was seen by this exchange or a later one counts.</param>
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

    /// <summary>The refusal of a call for which the store cannot be asked.</summary>
    public Refusal Unavailable()
    {
        foreach (var ask in _asks)
            if (ask.Account is { Grants: true } account && account.Free < ask.Amount)
                return Unavailable(ask);
        return Unavailable(_asks[0]);
    }

    /// <summary>The refusal of a call that some hard limit would have to count; null where none would.</summary>
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

    /// <summary>What is asked of one counter.</summary>
    internal readonly record struct Ask(
        CompiledLimit Limit,
        string Target,
        Int128 Amount,
        Int128? IfUnpriced,
        LimitAccount? Account
    );
}
