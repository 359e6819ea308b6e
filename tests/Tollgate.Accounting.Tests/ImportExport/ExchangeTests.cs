using System.Text;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Tracking;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.ImportExport;

public sealed class ExchangeTests : LedgerFixture
{
    private const string Flat =
        "datetime,model,prompt_tokens,completion_tokens,total_tokens,cost,execution_time,username,session\n";

    [Fact]
    public async Task An_export_comes_back_as_the_same_records()
    {
        var records = Samples();
        var csv = await CsvOfAsync(records);
        await using var ledger = await OpenAsync();

        var result = await ImportAsync(ledger, csv);
        (result.Rows, result.Booked, result.Rejected).ShouldBe((records.Count, records.Count, 0));
        (await ledger.Query.ListAsync(new UsageSelection()))
            .OrderBy(UsagePosition.FromRecord)
            .ShouldBe(records.OrderBy(UsagePosition.FromRecord));
        (await ImportAsync(ledger, csv)).Booked.ShouldBe(0, "an identity is booked once");
    }

    [Theory]
    [InlineData(CallOutcome.ClientDisconnected, "client_disconnected", "client_left")]
    [InlineData(CallOutcome.GatewayCrashed, "gateway_crashed", "gate_died")]
    [InlineData(CallOutcome.Repriced, "repriced", "priced_later")]
    public async Task Imports_the_former_names_of_outcomes(CallOutcome outcome, string name, string former)
    {
        var csv = await CsvOfAsync([Samples()[0] with { Outcome = outcome }]);
        await using var ledger = await OpenAsync();

        (await ImportAsync(ledger, csv.Replace(name, former))).Booked.ShouldBe(1);

        (await ledger.Query.ListAsync(new UsageSelection())).ShouldHaveSingleItem().Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task Negative_counts_come_back_in_a_correction_and_nowhere_else()
    {
        var usage = default(TokenUsage);
        usage.Adjust(UsageKind.InputText, -12);
        var correction = Samples()[0] with { Usage = usage, Corrects = Samples()[0].Id };
        await using var ledger = await OpenAsync();

        (await ImportAsync(ledger, await CsvOfAsync([correction]))).Booked.ShouldBe(1);
        var refused = await ImportAsync(ledger, await CsvOfAsync([correction with { Corrects = null }]));

        (await ledger.Query.ListAsync(new UsageSelection()))
            .ShouldHaveSingleItem()
            .Usage[UsageKind.InputText]
            .ShouldBe(-12);
        refused.Problems.ShouldHaveSingleItem().ShouldContain("input_text");
    }

    [Fact]
    public async Task Json_lines_hold_the_same_fields()
    {
        using var output = new MemoryStream();
        (await UsageExport.WriteJsonLinesAsync(Stream(Samples()), output)).ShouldBe(Samples().Count);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (line, record) in lines.Zip(Samples()))
        {
            using var json = System.Text.Json.JsonDocument.Parse(line);
            json.RootElement.GetProperty("model").GetString().ShouldBe(record.Model);
            if (record.Cost is { } cost)
                json.RootElement.GetProperty("cost_usd").GetDecimal().ShouldBe(cost.Usd);
            else
                json.RootElement.TryGetProperty("cost_usd", out _).ShouldBeFalse("unpriced is absent, not 0");
        }
    }

    [Fact]
    public async Task A_flat_file_is_booked_once_however_often_it_is_brought_in()
    {
        await using var ledger = await OpenAsync();
        var csv =
            Flat
            + "2026-06-30 "
            + "10:00:00,gpt-4,100,50,150,0.006,1.5,ada,s1\r\n2026-06-30T10:00:00Z,gpt-4,100,50,,0.006,1.5,ada,s1\n"
            + "2026-06-30 10:00:00,gpt-4,100,50,150,0.006,1.5,ada,s1\n\"2026-06-30 10:00:00\",\"a "
            + "\"\"b\"\",\nc\",1,,0,,,,\n";
        var first = await ImportAsync(ledger, csv);
        (first.Rows, first.Booked, first.Rejected).ShouldBe((4, 4, 0), "two rows that are alike are two calls");
        (await ImportAsync(ledger, csv)).Booked.ShouldBe(0);

        var totals = await ledger.Query.TotalsAsync(UsagePeriod.All);
        totals.Usage.TotalTokens.ShouldBe(451);
        totals.Cost.ShouldBe(Money.Round(0.018m));
        (await ledger.Query.ListAsync(new UsageSelection())).ShouldContain(record => record.Model == "a \"b\",\nc");
    }

    [Fact]
    public async Task Wrong_rows_are_named_and_the_others_booked()
    {
        await using var ledger = await OpenAsync();
        var result = await ImportAsync(
            ledger,
            Flat
                + "2026-06-30,gpt-4,1,1,2,0,0,a,\n2026-06-31,gpt-4,1,1,2,0,0,a,\n"
                + "2026-06-30,,1,1,2,0,0,a,\n2026-06-30,gpt-4,-1,1,,0,0,a,\n"
                + "2026-06-30,gpt-4,1,1,5,0,0,a,\n2026-06-30,gpt-4,1.5,1,,0,0,a,\n2026-06-30,gpt-4,1,1,2,x,0,a,\n"
        );
        (result.Rows, result.Booked, result.Rejected).ShouldBe((7, 1, 6));
        string[] expected =
        [
            "line 3, column datetime",
            "line 4, column model",
            "line 5",
            "line 6",
            "line 7, column prompt_tokens",
            "line 8, column cost",
        ];
        foreach (var (problem, place) in result.Problems.Zip(expected))
            problem.ShouldStartWith(place);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n1,2\n", "datetime")]
    [InlineData(Flat + "2026-06-30,\"gpt-4,1,1,2,0,0,a,\n", "not closed")]
    public async Task A_file_of_another_format_is_refused_with_the_reason(string csv, string word)
    {
        await using var ledger = await OpenAsync();
        (await Should.ThrowAsync<FormatException>(() => ImportAsync(ledger, csv))).Message.ShouldContain(word);
    }

    [Fact]
    public async Task The_users_of_llm_accounting_can_move()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "accounting.sqlite");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE accounting_entries (id INTEGER PRIMARY KEY, datetime DATETIME, model VARCHAR NOT NULL,
                    prompt_tokens INTEGER, completion_tokens INTEGER,
                    total_tokens INTEGER, local_prompt_tokens INTEGER, local_completion_tokens INTEGER,
                    local_total_tokens INTEGER, cost FLOAT NOT NULL,
                    execution_time FLOAT, caller_name VARCHAR, username VARCHAR, cached_tokens INTEGER,
                    reasoning_tokens INTEGER);
                INSERT INTO accounting_entries VALUES (1, '2026-05-01T10:00:00.123456', 'gpt-4', 1000, 500, 0, 990,
                    NULL, NULL, 0.06, 2.5, 'app', 'ada', 100, 50);
                INSERT INTO accounting_entries VALUES (2, '2026-05-01 10:00:00', 'gpt-4', NULL, NULL, 700, NULL, NULL,
                    NULL, 1.1e-05, NULL, '', '', 0, 0);
                INSERT INTO accounting_entries VALUES (3, '2026-05-02', 'claude-2', -5, 0, 0, NULL, NULL, NULL, 0, 0,
                    '', '', 0, 0);
                """;
            command.ExecuteNonQuery();
        }

        await using var ledger = await OpenAsync();
        var import = new UsageImport(ledger, new UsageTracker(ledger, time: Time));
        var result = await import.LlmAccountingAsync(path);
        (result.Rows, result.Booked, result.Rejected).ShouldBe((3, 2, 1));
        (await import.LlmAccountingAsync(path)).Booked.ShouldBe(0);
        var totals = await ledger.Query.TotalsAsync(UsagePeriod.All);
        (totals.Usage.TotalTokens, totals.Cost.Usd, totals.Usage.CachedTokens).ShouldBe((2200, 0.060011m, 100));
    }

    private Task<ImportResult> ImportAsync(UsageLedger ledger, string csv) =>
        new UsageImport(ledger, new UsageTracker(ledger, time: Time)).CsvAsync(new StringReader(csv));

    private static async Task<string> CsvOfAsync(IReadOnlyList<UsageRecord> records)
    {
        using var output = new MemoryStream();
        await UsageExport.WriteCsvAsync(Stream(records), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async IAsyncEnumerable<UsageRecord> Stream(IReadOnlyList<UsageRecord> records)
    {
        await Task.CompletedTask;
        foreach (var record in records)
            yield return record;
    }

    private IReadOnlyList<UsageRecord> Samples()
    {
        var full = Record() with
        {
            TimeToFirstToken = TimeSpan.FromMilliseconds(3),
            ModelGroup = "group",
            ResponseModel = "gpt",
            Deployment = "eu",
            Streamed = true,
            ServiceTier = ServiceTier.Flex,
            Attribution = new Attribution
            {
                KeyId = "k",
                User = "a,b",
                Project = "\"q\"",
                Session = "line\nbreak",
                Application = " spaces ",
                EndUser = "ü",
                Tags = "x,y",
            },
            Local = new LocalTokens(1, 2, 3),
            UsageSource = UsageSource.Estimated,
            Cost = Money.Round(-0.000000000001m),
            Outcome = CallOutcome.UpstreamCut,
            StatusCode = 529,
            ErrorType = "overloaded",
            ResponseId = "r",
            Corrects = new CallId(Guid.Parse("01a1fe9a-d5ee-782e-91c5-9f35ff46eec9"), 3),
        };
        return _samples ??= [full, Record() with { Cost = null, CostSource = null }, Record() with { Model = "=1+1" }];
    }

    private IReadOnlyList<UsageRecord>? _samples;
}
