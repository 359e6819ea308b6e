using Tollgate.Analytics.Flows.Analysis;
using Tollgate.Charts;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>A report as charts, and as a page.</summary>
internal sealed class FlowCharts(FlowReport report, FlowReportFormatter words, TimeZoneInfo zone)
{
    private const int MaxBars = 40;

    /// <summary>Both charts, one above the other.</summary>
    public string Plot() => SvgStack.Create(words.Title.TrimEnd(':'), Tokens(), Costs());

    /// <summary>One page with everything.</summary>
    public string Page()
    {
        var page = new HtmlPage("Flow analysis");
        page.AddLead(words.Peak);
        page.AddPicture(Tokens().ToSvg());
        page.AddHeading(words.Title.TrimEnd(':'));
        page.AddTable(
            [words.GroupName, "flows", .. words.Percentiles, "mean USD", "total USD", "tokens in", "tokens out"],
            report.Groups.Zip(
                words.Rows,
                (group, row) =>
                    (string[])
                        [
                            row[0],
                            FlowFigures.Count(group.Flows),
                            .. row[1..],
                            FlowFigures.Usd(group.MeanCost),
                            FlowFigures.GroupedUsd(group.TotalCost),
                            FlowFigures.Count((long)group.TokensIn.Rounded),
                            FlowFigures.Count((long)group.TokensOut.Rounded),
                        ]
            )
        );
        page.AddPicture(Costs().ToSvg());
        page.AddHeading("Methodology");
        page.AddList([$"Source: {string.Join(", ", report.Sources)}.", .. words.Notes]);
        if (report.Rejected.Count > 0)
            page.AddHeading("The first rejected rows");
        if (report.Rejected.Count > 0)
            page.AddList(words.FirstRejected);
        return page.ToString();
    }

    private BarChart Costs()
    {
        var groups = report.Groups.OrderByDescending(static group => group.TotalCost).Take(MaxBars).ToArray();
        var more = report.Groups.Count - groups.Length;
        return new BarChart(
            $"Cost by {words.GroupName} in USD{(more > 0 ? $", the {MaxBars} highest of {report.Groups.Count}" : "")}",
            [
                .. groups.Select(static group =>
                    (FlowFigures.FormatName(group), group.TotalCost, FlowFigures.GroupedUsd(group.TotalCost))
                ),
            ]
        );
    }

    private TimeChart Tokens()
    {
        var stretches = report.Series.Runs.ToArray();
        if (stretches.Length == 0)
            return new TimeChart($"Tokens per {words.BucketName}", [], default, default, null);
        var bucket = report.Options.Bucket;
        var from = stretches[0].Start;
        var to = stretches[^1].Start + (bucket * stretches[^1].Buckets);
        var points = new decimal[(int)Math.Clamp((to - from) / bucket, 1, TimeChart.MaxPoints)];
        foreach (var stretch in stretches)
        {
            var first = (int)((stretch.Start - from) / (to - from) * points.Length);
            var last =
                (int)Math.Ceiling((stretch.Start + (bucket * stretch.Buckets) - from) / (to - from) * points.Length)
                - 1;
            for (var point = first; point <= Math.Min(Math.Max(first, last), points.Length - 1); point++)
                points[point] = Math.Max(points[point], stretch.Tokens.Tokens);
        }

        var peak = report.Peak!.Value;
        return new TimeChart(
            $"Tokens per {words.BucketName}",
            points,
            TimeZoneInfo.ConvertTime(from, zone),
            TimeZoneInfo.ConvertTime(to, zone),
            (
                peak.Start,
                peak.Tokens.Tokens,
                $"{words.Local(peak.Start)}: {FlowFigures.Count((long)peak.Tokens.Rounded)} tokens"
            )
        );
    }
}
