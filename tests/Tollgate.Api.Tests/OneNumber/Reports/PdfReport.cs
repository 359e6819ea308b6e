using Tollgate.Accounting.Usage;
using Tollgate.Operations.Reports;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The figures of the PDF report: totals, the bars of the chart, and each table.</summary>
internal static class PdfReport
{
    public static async Task CheckAsync(Case check, Workspace workspace)
    {
        if (!check.Question.IsPlain)
            return;
        var report = await new ReportOperations(workspace, UsageReach.Everything).ReadAsync(
            new UsagePeriod(check.Question.From, check.Question.To),
            default
        );
        check.Compare("PDF", Read([report.Totals]));
        check.Compare("PDF, bars", Read(report.Bars.Select(static bar => bar.Totals)));
        foreach (var section in report.Sections)
            check.Compare($"PDF, {section.Title}", Read(section.Rows.Select(static row => row.Totals)));
    }

    private static Figures Read(IEnumerable<UsageTotals> totals)
    {
        var sum = new Figures().Add(Figures.Cost, 0).Add(Figures.Calls, 0);
        foreach (var part in totals)
            sum.Add(Figures.Cost, part.Cost.Usd)
                .Add(Figures.Calls, part.Calls)
                .Add(Figures.Errors, part.Errors)
                .Add(Figures.Unpriced, part.Unpriced)
                .Add(Figures.Total, part.Usage.TotalTokens)
                .Add(Figures.Duration, part.Duration.Ticks / TimeSpan.TicksPerMicrosecond);
        return sum;
    }
}
