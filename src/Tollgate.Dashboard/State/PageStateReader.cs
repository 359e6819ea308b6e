using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Operations;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Dashboard.State;

/// <summary>Reads the state of a page from its URL, by the same rules as the management API.</summary>
internal static class PageStateReader
{
    /// <summary>The range of a page whose URL has none.</summary>
    public const string DefaultRange = "7d";

    /// <summary>The cookie with the time zone of the browser, which a script sets.</summary>
    public const string ZoneCookie = "tollgate-zone";

    /// <summary>Reads the state. A parameter that is not valid is left out, and named among the problems.</summary>
    public static PageState Read(HttpRequest request, DateTimeOffset now)
    {
        var query = new QueryParameters(request.Query);
        var errors = new List<ProblemError>();
        var text = new TimeRangeText
        {
            Range = query.GetSingle("range", errors),
            From = query.GetSingle("from", errors),
            To = query.GetSingle("to", errors),
            Zone = query.GetSingle("tz", errors) ?? request.Cookies[ZoneCookie],
        };
        var problems = new List<string>();
        var range = ReadRange(text, now, problems);
        var filters = (IReadOnlyList<UsageFilter>)ScopeParameters.Filter.Read(query, errors)!;
        var search = query.GetSingle("q", errors);
        var compare = ReadCompare(query.GetSingle("compare", errors), range, problems);
        problems.AddRange(errors.Select(static error => error.Message));
        return new PageState
        {
            Range = range,
            Compare = compare,
            Filters = filters,
            Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
            Parameters = Keep(request.Query, errors, problems.Count > errors.Count),
            Problems = problems,
        };
    }

    private static TimeRange ReadRange(TimeRangeText text, DateTimeOffset now, List<string> problems)
    {
        var hasRange = text.Range is not null || text.From is not null || text.To is not null;
        try
        {
            return TimeRangeParser.Parse(hasRange ? text : text with { Range = DefaultRange }, now);
        }
        catch (OperationException exception)
        {
            problems.Add(exception.Message);
        }

        try
        {
            return TimeRangeParser.Parse(new TimeRangeText(DefaultRange, Zone: text.Zone), now);
        }
        catch (OperationException)
        {
            return TimeRangeParser.Parse(new TimeRangeText(DefaultRange), now);
        }
    }

    private static string? ReadCompare(string? text, TimeRange range, List<string> problems)
    {
        try
        {
            return RangeComparison.Find(text, range) is null ? null : text;
        }
        catch (OperationException exception)
        {
            problems.Add(exception.Message);
            return null;
        }
    }

    private static List<KeyValuePair<string, string>> Keep(
        IQueryCollection query,
        List<ProblemError> errors,
        bool hasRangeProblem
    )
    {
        var wrong = errors.Select(static error => error.Parameter).ToHashSet();
        var kept = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in query)
            foreach (var value in values)
                if (
                    !wrong.Contains(name)
                    && !string.IsNullOrEmpty(name)
                    && value is not null
                    && !(hasRangeProblem && name is "range" or "from" or "to" or "tz" or "compare")
                )
                    kept.Add(new(name, value));
        return kept;
    }
}
