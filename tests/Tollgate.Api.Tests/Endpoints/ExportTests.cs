using System.Globalization;
using System.Net;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>Lists and series as CSV and JSON Lines.</summary>
public sealed class ExportTests(AdminHost admin) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Exports_every_record_regardless_of_pages()
    {
        await RecordAsync(1203);

        var json = (
            await admin.Host.GetAsync("/api/v1/summary?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z", admin.Token)
        ).Body;
        var csv = await ReadAsync(
            "/api/v1/calls?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&limit=1",
            "text/csv"
        );
        var lines = await ReadAsync(
            "/api/v1/calls?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z",
            "application/jsonl"
        );

        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var cost = Array.IndexOf(rows[0].Split(','), "cost");
        // Another test of the class may have recorded some, too.
        var calls = json.GetProperty("totals").GetProperty("calls").GetInt32();
        calls.ShouldBeGreaterThanOrEqualTo(1203);
        rows.Length.ShouldBe(calls + 1);
        var expected = json.GetProperty("totals").GetProperty("cost").GetString();
        rows.Skip(1).Sum(row => Parse(row.Split(',')[cost])).ShouldBe(Parse(expected!));
        lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Sum(static line => Parse(JsonDocument.Parse(line).RootElement.GetProperty("cost").GetString()!))
            .ShouldBe(Parse(expected!));
    }

    [Fact]
    public async Task Exports_a_series_whose_rows_add_up()
    {
        await RecordAsync(20);

        var csv = await ReadAsync(
            "/api/v1/series?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z&measures=cost,calls&group=model&top=1",
            "text/csv"
        );

        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldBe("start,end,is_partial,model,is_other,cost,calls,unpriced,estimated");
        var summary = (
            await admin.Host.GetAsync("/api/v1/summary?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z", admin.Token)
        ).Body.GetProperty("totals");
        rows.Skip(1)
            .Sum(static row => Parse(row.Split(',')[5]))
            .ShouldBe(Parse(summary.GetProperty("cost").GetString()!));
    }

    [Fact]
    public async Task Leaves_no_cell_that_a_spreadsheet_would_run()
    {
        await admin.Host.PostAsync(
            "/api/v1/projects",
            admin.Token,
            """{"name": "=1+1", "description": "@SUM(1), \"quoted\"\r\nand a line"}"""
        );

        var csv = await ReadAsync("/api/v1/projects?q=%3D1", "text/csv");

        csv.ShouldBe("description,team,name,enabled\r\n\"'@SUM(1), \"\"quoted\"\"\r\nand a line\",,'=1+1,true\r\n");
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("application/x-ndjson", "application/jsonl")]
    [InlineData("text/csv;q=0.5, application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html, */*;q=0.1", "application/json")]
    public async Task Chooses_the_preferred_format(string accept, string type)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, "/api/v1/projects", admin.Token);
        request.Headers.Add("Accept", accept);
        using var response = await admin.Host.Client.SendAsync(request);

        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task Refuses_a_format_that_it_does_not_have()
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, "/api/v1/projects", admin.Token);
        request.Headers.Add("Accept", "application/xml");
        using var response = await admin.Host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        (await response.Content.ReadAsStringAsync()).ShouldContain("text/csv");
    }

    private async Task RecordAsync(int count)
    {
        var random = new Random(count);
        var records = Enumerable
            .Range(0, count)
            .Select(_ => new UsageRecord
            {
                Id = new CallId(Guid.CreateVersion7(), 1),
                StartedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
                Provider = "openai",
                Model = $"model-{random.Next(4)}",
                Operation = "chat",
                UsageSource = UsageSource.Reported,
                Outcome = CallOutcome.Completed,
                Cost = Money.Round(random.Next(1, 1_000_000) / 1_000_000m),
                CostSource = "caller",
            });
        await admin.Host.Ledger.AppendAsync([.. records]);
    }

    private async Task<string> ReadAsync(string path, string accept)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, path, admin.Token);
        request.Headers.Add("Accept", accept);
        using var response = await admin.Host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
