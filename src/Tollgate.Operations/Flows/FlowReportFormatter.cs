using System.Globalization;
using Tollgate.Analytics.Flows;
using Tollgate.Analytics.Flows.Analysis;

namespace Tollgate.Operations.Flows;

/// <summary>Formats the texts and numbers of a report, for all output formats.</summary>
internal sealed class FlowReportFormatter(FlowReport report, TimeZoneInfo zone)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public string Title =>
        report.Options.Percentiles.Count == 1
            ? $"{Ordinal(report.Options.Percentiles[0])} percentile LLM cost per flow {GroupName}:"
            : $"Percentiles of LLM cost per flow {GroupName}:";

    /// <summary><c>type</c>, or the other grouping of flows.</summary>
    public string GroupName => report.Options.Columns.Group ?? "group";

    public string[] Titles =>
        [
            $"flow_{GroupName}",
            .. report.Options.Percentiles.Select(percent => $"{Ordinal(percent)}_percentile_llm_cost"),
        ];

    /// <summary>The percentiles' names, for people.</summary>
    public IEnumerable<string> Percentiles =>
        report.Options.Percentiles.Select(static percent => $"{Ordinal(percent)} percentile USD");

    public IEnumerable<string[]> Rows =>
        report.Groups.Select(group =>
            (string[])[FlowFigures.FormatName(group), .. group.PercentileCosts.Select(FlowFigures.Usd)]
        );

    public string Peak =>
        report.Peak is { } peak
            ? string.Create(
                Invariant,
                $"Peak token throughput occurs at {Local(peak.Start)} with {peak.Tokens.Rounded:N0} tokens."
            )
            : "There is no peak: no flow has both a start and an end.";

    /// <summary>Describes the result's basis: rows, prices, definition, and what is excluded.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            yield return $"{FlowFigures.Count(report.Rows)} {(report.Rows == 1 ? "row" : "rows")} read, "
                + $"{FlowFigures.Count(report.Rejected.Count)} rejected"
                + (report.Filtered > 0 ? $", {FlowFigures.Count(report.Filtered)} filtered out." : ".");
            yield return ReferenceEquals(report.Options.Prices, FlowPrices.Booked)
                ? "Costs as recorded"
                    + (
                        report.Unpriced > 0
                            ? $"; {FlowFigures.Count(report.Unpriced)} without a known price are not in any percentile"
                            : ""
                    )
                    + $". Percentile by the method '{MethodName}'."
                : $"Prices: {FlowFigures.Exact(report.Options.Prices.InputPerMillion)} USD in and "
                    + $"{FlowFigures.Exact(report.Options.Prices.OutputPerMillion)} USD out per 1M tokens "
                    + $"({report.Options.Prices.Source}). Percentile by the method '{MethodName}'.";
            yield return $"Definition: {DefinitionName}: {Definition}";
            yield return string.Create(
                Invariant,
                $"Tokens: {report.Total.Tokens:#,0.#########} in flows with both times, "
                    + $"{report.Distributed.Tokens:#,0.#########} distributed."
            );
            foreach (var excluded in report.Excluded)
                yield return string.Create(
                    Invariant,
                    $"Not distributed, but in the percentiles: "
                        + $"{excluded.Flows:N0} {(excluded.Flows == 1 ? "flow" : "flows")} with "
                        + $"{excluded.Tokens.Tokens:#,0.#########} tokens: {excluded.Reason.Code()}."
                );
            foreach (var (reason, count) in report.Rejected.ByReason)
                yield return string.Create(
                    Invariant,
                    $"Rejected: {count:N0} {(count == 1 ? "row" : "rows")}: {reason.Code()}."
                );
        }
    }

    public IEnumerable<string> FirstRejected => report.Rejected.First.Select(static row => row.Describe());

    public string DefinitionName => report.Options.Distribution.ToString().ToLowerInvariant();

    public string MethodName => report.Options.Method.ToString().ToLowerInvariant();

    public string BucketName =>
        report.Options.Bucket.TotalMinutes switch
        {
            1 => "minute",
            60 => "hour",
            var minutes => $"{minutes.ToString(Invariant)} minutes",
        };

    /// <summary>In the requested time zone, to the second.</summary>
    public string Local(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm:ss", Invariant);

    /// <summary>With its offset, for programs.</summary>
    public string Iso(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, zone) is var local && local.Offset == TimeSpan.Zero
            ? local.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Invariant)
            : local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", Invariant);

    private string Definition =>
        report.Options.Distribution switch
        {
            TokenDistribution.Rounded =>
                $"both ends rounded to the nearest {BucketName}, half up; equal shares from the start (inclusive) to "
                    + $"the end (exclusive), at least one.",
            TokenDistribution.Touched =>
                $"equal shares to each {BucketName} that the flow overlaps, including its end.",
            _ => $"to each {BucketName} in proportion to the time that the flow spends in it.",
        };

    private static string Ordinal(decimal percent)
    {
        var text = percent.ToString("0.######", Invariant);
        return text
            + (
                text.Contains('.', StringComparison.Ordinal)
                || text.EndsWith("11", StringComparison.Ordinal)
                || text.EndsWith("12", StringComparison.Ordinal)
                || text.EndsWith("13", StringComparison.Ordinal)
                    ? "th"
                    : text[^1] switch
                    {
                        '1' => "st",
                        '2' => "nd",
                        '3' => "rd",
                        _ => "th",
                    }
            );
    }
}
