using System.Net;
using System.Text;
using Tollgate.Api.Tests.Jobs;

namespace Tollgate.Api.Tests.Exports;

/// <summary>Files that are sent at once.</summary>
public sealed class ExportTests(JobHost host) : IClassFixture<JobHost>
{
    private const string Days = "from=2026-10-01&to=2026-10-02";

    [Theory]
    [InlineData("root", 3)]
    [InlineData("otto", 2)]
    [InlineData("mia", 0)]
    public async Task Sends_the_records_within_the_reach_of_the_sender(string sender, int records)
    {
        var text = await host.GetTextAsync(host.Tokens[sender], $"/api/v1/exports/jsonl?{Days}");

        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(records);
    }

    [Theory]
    [InlineData("csv", "&filter[user]=ann", 2)]
    [InlineData("csv", "&q=otto", 3)]
    [InlineData("csv", "", 4)]
    [InlineData("focus", "", 3)] // Two kinds of tokens of a model on a day.
    [InlineData("focus-jsonl", "&bucket=hour", 2)]
    public async Task Sends_what_the_filters_select(string format, string filter, int lines)
    {
        var text = await host.GetTextAsync(host.Root, $"/api/v1/exports/{format}?{Days}{filter}");

        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(lines, text);
    }

    [Fact]
    public async Task Refuses_an_unknown_format_and_a_filter_of_costs()
    {
        var format = await host.Host.GetAsync("/api/v1/exports/parquet", host.Root);
        format.Status.ShouldBe(HttpStatusCode.NotFound);
        format.Body.GetProperty("detail").GetString()!.ShouldContain("/api/v1/jobs/export");
        var filter = await host.Host.GetAsync($"/api/v1/exports/focus?{Days}&filter[user]=ann", host.Root);
        filter.Status.ShouldBe(HttpStatusCode.BadRequest);
        filter.Body.GetProperty("errors")[0].GetProperty("parameter").GetString().ShouldBe("filter");
    }

    [Fact]
    public async Task Sends_a_report_as_pdf()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/reports/usage.pdf?{Days}");
        request.Headers.Authorization = new("Bearer", host.Tokens["otto"]);
        using var response = await host.Host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("tollgate-report-20261001-20261003.pdf");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Encoding.ASCII.GetString(bytes, 0, 5).ShouldBe("%PDF-");
    }
}
