using Tollgate.Analytics.Flows.Analysis;
using Tollgate.Charts;

namespace Tollgate.Cli.Flows;

/// <summary>A report as charts, and as a page.</summary>
internal sealed class FlowCharts(FlowReport report, FlowReportWords words, TimeZoneInfo zone)
{
    private const int MostBars = 40;

    /// <summary>Both charts, one above the other.</summary>
    public string Plot() => SvgStack.Of(words.Title.TrimEnd(':'), Tokens(), Costs());

    /// <summary>One page with everything.</summary>
    public string Page()
    {
        var page = new HtmlPage("Flow analysis");
        page.Lead(words.Peak);
        page.Picture(Tokens().ToSvg());
        page.Heading(words.Title.TrimEnd(':'));
        page.Table(
            [words.GroupName, "flows", .. words.Percentiles, "mean USD", "total USD", "tokens in", "tokens out"],
            report.Groups.Zip(
                words.Rows,
                (group, row) =>
                    (string[])
                        [
                            row[0],
                            FlowReportWords.Count(group.Flows),
                            .. row[1..],
                            FlowReportWords.Usd(group.MeanCost),
                            FlowReportWords.Spaced(group.TotalCost),
                            FlowReportWords.Count((long)group.TokensIn.Whole),
                            FlowReportWords.Count((long)group.TokensOut.Whole),
                        ]
            )
        );
        page.Picture(Costs().ToSvg());
        page.Heading("Methodology");
        page.List([$"Source: {string.Join(", ", report.Sources)}.", .. words.Notes]);
        if (report.Rejected.Count > 0)
            page.Heading("The first rejected rows");
        if (report.Rejected.Count > 0)
            page.List(words.FirstRejected);
        return page.ToString();
    }

    private BarChart Costs()
    {
        var groups = report.Groups.OrderByDescending(static group => group.TotalCost).Take(MostBars).ToArray();
        var more = report.Groups.Count - groups.Length;
        return new BarChart(
            $"Cost by {words.GroupName} in USD{(more > 0 ? $", the {MostBars} highest of {report.Groups.Count}" : "")}",
            [
                .. groups.Select(static group =>
                    (FlowReportWords.NameOf(group), group.TotalCost, FlowReportWords.Spaced(group.TotalCost))
                ),
            ]
        );
    }

    private TimeChart Tokens()
    {
        var stretches = report.Series.Stretches.ToArray();
        if (stretches.Length == 0)
            return new TimeChart($"Tokens per {words.BucketName}", [], default, default, null);
        var bucket = report.Options.Bucket;
        var from = stretches[0].Start;
        var to = stretches[^1].Start + (bucket * stretches[^1].Buckets);
        var points = new decimal[(int)Math.Clamp((to - from) / bucket, 1, TimeChart.MostPoints)];
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
                $"{words.Local(peak.Start)}: {FlowReportWords.Count((long)peak.Tokens.Whole)} tokens"
            )
        );
    }
}
