using System.Text.Json;
using Tollgate.Api.Tests.OneNumber.Reports;
using Tollgate.Metering.Usage;
using Tollgate.Testing.Gateways;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>
/// The same question has the same answer everywhere, to the last digit, and it is that of the records themselves.
/// </summary>
/// <param name="ledger">The program on one of the databases.</param>
public abstract class OneNumberTests(OneNumberLedger ledger)
{
    private const int QuestionCount = 200,
        LimitedCount = 40,
        MaxShown = 25,
        MinAnswers = 10;

    /// <summary>Each of them must be able to answer some of the questions.</summary>
    private static readonly string[] Reports =
    [
        "summary",
        "series",
        "values",
        "calls",
        "export",
        "FOCUS",
        "PDF",
        "stats",
        "query",
        "token-usage/summary",
        "token-usage",
        "activity",
        "organization/costs",
        "organization/usage/completions",
        "organization/usage/embeddings",
        "spend/logs/v2",
        "spend/report",
    ];

    private readonly Dictionary<string, int> _answers = new(StringComparer.Ordinal);

    [Fact]
    public async Task All_reports_agree_with_the_sum_of_their_records()
    {
        var sql = new SqlReport(ledger.Syntax);
        var differences = await CheckAllAsync(
            QuestionCount,
            ledger.Root,
            ledger.Records,
            async check =>
            {
                await CheckReportsAsync(check);
                await FacetReport.CheckAsync(check, [.. Dimensions.All.Keys]);
                await StatsReport.CheckAsync(check, ledger.Workspace);
                await PdfReport.CheckAsync(check, ledger.Workspace);
                await sql.CheckAsync(check);
            }
        );

        ShouldBeEmpty(differences);
        if (!QuestionGenerator.IsSingle)
            Reports.Where(report => _answers.GetValueOrDefault(report) < MinAnswers).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sender_with_a_limited_reach_has_the_sum_of_its_own_records()
    {
        var differences = new List<string>();
        foreach (var (name, reader, records) in ledger.Limited)
            differences.AddRange(
                (await CheckAllAsync(LimitedCount, reader, records, CheckReportsAsync)).Select(difference =>
                    $"{name}: {difference}"
                )
            );
        var (key, recordsOfKey) = ledger.Key;
        differences.AddRange(await CheckAllAsync(LimitedCount, key, recordsOfKey, ActivityReports.CheckAsync));

        ShouldBeEmpty(differences);
    }

    [Fact]
    public async Task Keys_users_teams_and_calls_have_the_cost_of_their_records()
    {
        var differences = new List<string>();
        foreach (var (path, members, isOwn) in ledger.Members)
            differences.AddRange(
                await MemberReports.CheckAsync(ledger.Root, path, members, ledger.Records.Where(isOwn))
            );
        foreach (var call in FindCorrectedCalls().Take(LimitedCount))
            differences.AddRange(
                await MemberReports.CheckAsync(ledger.Root, $"/api/v1/calls/{call.Key}", ["cost"], call)
            );

        ShouldBeEmpty(differences);
    }

    /// <summary>Compares <c>tollgate stats</c>, which has no conditions.</summary>
    /// <param name="count">The number of questions.</param>
    /// <param name="runAsync">Runs a command line.</param>
    protected async Task CheckCommandsAsync(int count, Func<string[], Task<CommandRun>> runAsync)
    {
        foreach (var question in QuestionGenerator.Create(count, ledger.Records))
        {
            var run = await runAsync([
                "stats",
                "--data",
                ledger.DataFolder,
                "--start",
                Question.Format(question.From),
                "--end",
                Question.Format(question.To),
                "--format",
                "json",
            ]);
            using var json = JsonDocument.Parse(run.ShouldSucceed());
            var plain = question with { Conditions = [], Search = null };
            var check = new Case(ledger.Root, plain, ledger.Records);
            check.Compare("tollgate stats", StatsReport.Read(json.RootElement[0]));
            check.Differences.ShouldBeEmpty(plain.ToString());
        }
    }

    private async Task<IReadOnlyList<string>> CheckAllAsync(
        int count,
        Reader reader,
        IReadOnlyList<UsageRecord> records,
        Func<Case, Task> checkAsync
    )
    {
        var differences = new List<string>();
        foreach (var question in QuestionGenerator.Create(count, ledger.Records))
        {
            var check = new Case(reader, question, records);
            try
            {
                await checkAsync(check);
            }
            catch (ShouldAssertException refused)
            {
                check.Differences.Add(refused.Message);
            }

            foreach (var report in check.Reports)
                _answers[report] = _answers.GetValueOrDefault(report) + 1;
            differences.AddRange(check.Differences.Select(difference => $"{question}: {difference}"));
        }

        return differences;
    }

    /// <summary>Calls with their attempts, corrections, and corrections of these.</summary>
    private IEnumerable<IGrouping<Guid, UsageRecord>> FindCorrectedCalls()
    {
        var byId = ledger.Records.ToDictionary(static record => record.Id);
        return ledger
            .Records.GroupBy(FindCall)
            .Where(static call => call.Any(static part => part.Corrects is not null));

        Guid FindCall(UsageRecord record) =>
            record.Corrects is { } corrected && byId.TryGetValue(corrected, out var original)
                ? FindCall(original)
                : record.Id.Call;
    }

    /// <summary>Checks the reports that every sender may read.</summary>
    private static async Task CheckReportsAsync(Case check)
    {
        await SummaryReport.CheckAsync(check);
        await SeriesReports.CheckAsync(check);
        await CallReports.CheckAsync(check);
        await FileReports.CheckAsync(check);
        await ShortReports.CheckAsync(check);
        await ActivityReports.CheckAsync(check);
        await OpenAIReports.CheckAsync(check);
        await SpendReports.CheckAsync(check);
    }

    private static void ShouldBeEmpty(IReadOnlyList<string> differences) =>
        differences
            .Take(MaxShown)
            .ShouldBeEmpty($"{differences.Count} differences; TOLLGATE_ONE_NUMBER=N checks question N alone");
}
