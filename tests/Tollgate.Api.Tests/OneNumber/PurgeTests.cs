using Tollgate.Api.Tests.OneNumber.Reports;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Totals of whole days stay what they are when their records are purged.</summary>
/// <param name="ledger">The program on one of the databases.</param>
public abstract class PurgeTests(OneNumberLedger ledger)
{
    private const int QuestionCount = 100;

    private static readonly DateTimeOffset Before = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Totals_stay_when_their_records_are_purged()
    {
        (await ledger.PurgeAsync(Before)).ShouldBe(ledger.Records.Count(static record => record.StartedAt < Before));

        var differences = new List<string>();
        foreach (var question in QuestionGenerator.Create(QuestionCount, ledger.Records).Where(IsOfTotals))
        {
            var check = new Case(ledger.Root, question, ledger.Records);
            await SummaryReport.CheckTotalsAsync(check);
            await SeriesReports.CheckBucketsAsync(check);
            await SeriesReports.CheckGroupsAsync(check, Dimensions.Common);
            await SeriesReports.CheckExportAsync(check);
            await FacetReport.CheckAsync(check, Dimensions.Common);
            await FileReports.CheckCostAsync(check);
            await ShortReports.CheckSummaryAsync(check);
            await ActivityReports.CheckAsync(check);
            await OpenAIReports.CheckCostsAsync(check);
            await PdfReport.CheckAsync(check, ledger.Workspace);
            differences.AddRange(check.Differences.Select(difference => $"{question}: {difference}"));
        }

        differences.Take(25).ShouldBeEmpty($"{differences.Count} differences");
    }

    /// <summary>True if totals suffice: whole days, by the dimensions that they keep.</summary>
    private static bool IsOfTotals(Question question) =>
        question.Days is not null
        && question.Search is null
        && question.Conditions.All(static condition => Dimensions.Common.Contains(condition.Field));
}
