using Tollgate.Api.Parameters;
using Tollgate.Api.Requests;
using Tollgate.Operations;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>The parameters by which all questions about usage select it.</summary>
internal static class ScopeParameters
{
    public static readonly TextParameter Range = new(
        "range",
        "A range that moves with the clock: a number with m, h, d or w, such as 24h or 7d; or today, yesterday, "
            + "this_week, last_week, this_month, last_month, this_year, last_year. Default: 24h."
    );
    public static readonly TextParameter From = new(
        "from",
        "The start instead of range: an instant, a local day such as 2026-11-01, or relative such as now-36h."
    );
    public static readonly TextParameter To = new("to", "The end, in the same forms. A day is included. Default: now.");
    public static readonly TextParameter Zone = new(
        "tz",
        "The IANA name of the time zone of days, weeks and months, such as Europe/Berlin. Default: UTC."
    );
    public static readonly TextParameter Search = new("q", "Only records with a name that contains this text.");
    public static readonly FilterParameter Filter = new();
    public static readonly TextParameter Compare = new(
        "compare",
        "The range to compare with: none, previous, day, week, month, or year. Default: none."
    );

    /// <summary>The parameters of a scope.</summary>
    public static IReadOnlyList<ApiParameter> All => [Range, From, To, Zone, Filter, Search];

    /// <summary>Reads the scope of a request.</summary>
    /// <exception cref="OperationException">The range is not valid.</exception>
    public static UsageScope Read(ApiRequest request, DateTimeOffset now) =>
        new(ReadRange(request, now)) { Filters = request.Get(Filter), Search = request.Get(Search) };

    /// <summary>Reads the range of a request.</summary>
    /// <exception cref="OperationException">The range is not valid.</exception>
    public static TimeRange ReadRange(ApiRequest request, DateTimeOffset now) =>
        TimeRangeParser.Parse(
            new TimeRangeText
            {
                Range = request.Get(Range),
                From = request.Get(From),
                To = request.Get(To),
                Zone = request.Get(Zone),
            },
            now
        );

    /// <summary>Reads the range to compare with; null for none.</summary>
    /// <exception cref="OperationException">The comparison is not valid.</exception>
    public static TimeRange? ReadComparison(ApiRequest request, UsageScope scope) =>
        RangeComparison.Find(request.Get(Compare), scope.Range);
}
