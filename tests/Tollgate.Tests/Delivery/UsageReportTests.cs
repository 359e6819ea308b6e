using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Usage;
using Tollgate.Charts;
using Tollgate.Delivery.Pdf;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Reports;

namespace Tollgate.Tests.Delivery;

public sealed class UsageReportTests : IAsyncDisposable
{
    private static readonly DateTimeOffset First = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InMemoryLedgerStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Says_the_period_the_totals_and_what_they_leave_out()
    {
        await BookAsync(("gpt-4o", 1.25m), ("gpt-4o", 0.5m), ("mystery", null));
        var lines = (await ReportAsync()).Lines().ToList();
        lines.ShouldContain("2026-10-01 to 2026-10-31");
        lines.ShouldContain("The exact cost is 1.75 USD.");
        lines.ShouldContain("1 calls have no known price: their cost is in no figure of this report.");
        lines.ShouldContain("Cost per day (USD, UTC)");
        lines.ShouldContain("unpriced", "a model without a price does not cost 0");
        lines
            .Where(line => line is "By model" or "By project" or "By user")
            .ShouldBe(["By model", "By project", "By user"]);
    }

    [Fact]
    public async Task A_long_table_goes_over_pages_with_its_titles_and_loses_no_line()
    {
        await BookAsync([.. Enumerable.Range(0, 500).Select(number => ($"model-{number}", (decimal?)(1 + number)))]);
        var report = await ReportAsync();
        report.Pages.Count.ShouldBeGreaterThan(8);
        report
            .Lines()
            .Where(line => line.StartsWith("model-", StringComparison.Ordinal))
            .Distinct()
            .Count()
            .ShouldBe(500);
        foreach (var (page, number) in report.Pages.Select((page, index) => (page, index + 1)))
        {
            page.ShouldContain($"Page {number} of {report.Pages.Count}");
            if (page.Exists(line => line.StartsWith("model-", StringComparison.Ordinal)))
                page.ShouldContain("Model");
        }
    }

    [Fact]
    public async Task A_period_without_usage_is_a_report_too()
    {
        var report = await ReportAsync();
        report.Pages.Count.ShouldBe(1);
        report.Lines().ShouldContain("No usage in this period.");
    }

    [Fact]
    public async Task Names_of_all_sorts_are_shown_as_far_as_the_font_goes()
    {
        var endless = new string('m', 120) + "-end";
        await BookAsync((endless, 1m), ("Zoë Ελένη Борис", 1m), ("模型🚪\u0007", 1m), ("lone \ud800 half", 1m));
        var lines = (await ReportAsync()).Lines().ToList();
        lines.ShouldContain("Zoë Ελένη Борис");
        lines.ShouldContain("\uFFFD\uFFFD\uFFFD\uFFFD");
        lines.ShouldContain("lone \uFFFD half");
        lines.ShouldContain(line =>
            line.StartsWith("mmm", StringComparison.Ordinal)
            && line.Contains('…')
            && line.EndsWith("-end", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Large_numbers_are_never_cut()
    {
        await BookAsync(Enumerable.Range(0, 12).Select(_ => ("gpt-4o", (decimal?)8_999_999.123456789012m)).ToArray());
        var lines = (await ReportAsync()).Lines().ToList();
        lines.ShouldContain("107,999,989.48");
        lines.ShouldContain("The exact cost is 107999989.481481468144 USD.");
        lines.Where(line => line.Contains('…')).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_figures_give_the_same_bytes()
    {
        await BookAsync(("gpt-4o", 1.25m));
        (await BytesAsync()).ShouldBe(await BytesAsync());
    }

    [Fact]
    public void A_day_without_usage_has_its_place_in_the_chart()
    {
        UsagePoint[] days =
        [
            new(First, new UsageTotals { Calls = 1 }),
            new(First.AddDays(3), new UsageTotals { Calls = 2 }),
        ];
        ReportBars
            .Create(days, UsageBucket.Day, UsagePeriod.All)
            .Select(bar => bar.Totals.Calls)
            .ShouldBe([1, 0, 0, 2]);
        ReportBars.Create(days, UsageBucket.Day, new UsagePeriod(First, First.AddDays(5))).Count.ShouldBe(5);
        ReportBars.Create(days, UsageBucket.Week, UsagePeriod.All).Select(bar => bar.Totals.Calls).ShouldBe([3]);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("0.00031", "0.0004")]
    [InlineData("1", "1")]
    [InlineData("9.9", "10")]
    [InlineData("1234", "1600")]
    public void The_axis_ends_at_a_round_number(string highest, string top) =>
        ChartScale.RoundUp(decimal.Parse(highest)).ShouldBe(decimal.Parse(top));

    private async Task<PdfText> ReportAsync() => new(await BytesAsync());

    private async Task<byte[]> BytesAsync()
    {
        var report = await UsageReport.ReadAsync(
            new UsageQuery(_store),
            new UsagePeriod(First, First.AddMonths(1)),
            First.AddMonths(2),
            TestContext.Current.CancellationToken
        );
        using var file = new MemoryStream();
        ReportDocument.Write(report, file);
        return file.ToArray();
    }

    private Task<int> BookAsync(params (string Model, decimal? Usd)[] calls) =>
        _store.AppendAsync([
            .. calls.Select(
                (call, index) =>
                    new UsageRecord
                    {
                        Id = new CallId(Guid.CreateVersion7(First), 1),
                        StartedAt = First.AddHours(index),
                        Provider = "openai",
                        Model = call.Model,
                        Operation = "chat",
                        Usage = new TokenUsage
                        {
                            [UsageKind.InputText] = TokenUsage.MaxCount / 100,
                            [UsageKind.OutputText] = 7,
                        },
                        UsageSource = UsageSource.Reported,
                        Cost = call.Usd is { } usd ? Money.Round(usd) : null,
                        Outcome = CallOutcome.Completed,
                    }
            ),
        ]);
}
