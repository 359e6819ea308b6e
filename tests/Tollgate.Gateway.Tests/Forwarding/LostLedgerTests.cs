using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Tollgate.Metering.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Forwarding;

/// <summary>The ledger fails after the provider was asked, and before its answer is booked.</summary>
public class LostLedgerTests
{
    private const string Answer =
        """{"id":"c","model":"gpt-4o","choices":[]"""
        + ""","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    [Fact]
    public async Task A_plain_answer_is_withheld_whole_and_its_record_follows_once()
    {
        InProcessGateway? gate = null;
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            await RunAsync(gate!, "ALTER TABLE usage RENAME TO lost");
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "gzip";
            await using var encoder = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await encoder.WriteAsync(Encoding.UTF8.GetBytes(Answer));
        });
        await using (gate = await InProcessGateway.StartAsync(upstream.Address))
        {
            using var answer = await gate.PostAsync(
                "/v1/chat/completions",
                """{"model":"gpt-4o"}""",
                ("Accept-Encoding", "gzip")
            );

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
            answer.Headers.GetValues("x-tollgate-request-id").Count().ShouldBe(1);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("ledger_unavailable");
            await ShouldFollowAsync(gate);
            upstream.Requests.Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2_000_000)]
    public async Task An_answer_that_has_begun_is_broken_off_before_its_end(int length)
    {
        InProcessGateway? gate = null;
        var streams = length == 1;
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = streams ? "text/event-stream" : "application/json";
            await http.Response.WriteAsync(streams ? $"data: {Answer}\n\n" : new string(' ', length));
            await http.Response.Body.FlushAsync();
            await RunAsync(gate!, "ALTER TABLE usage RENAME TO lost");
            await http.Response.WriteAsync(streams ? "data: [DONE]\n\n" : Answer);
        });
        await using (gate = await InProcessGateway.StartAsync(upstream.Address))
        {
            using var answer = await gate.PostAsync(
                "/v1/chat/completions",
                streams
                    ? """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true}}"""
                    : """{"model":"gpt-4o"}"""
            );
            using var received = new MemoryStream();
            await Should.ThrowAsync<HttpRequestException>(async () => await answer.Content.CopyToAsync(received));

            var text = Encoding.UTF8.GetString(received.ToArray());
            text.ShouldNotEndWith(streams ? "data: [DONE]\n\n" : Answer);
            await ShouldFollowAsync(gate);
        }
    }

    private static async Task ShouldFollowAsync(InProcessGateway gate)
    {
        await RunAsync(gate, "ALTER TABLE lost RENAME TO usage");
        var record = (await gate.RecordsAsync(1)).Single();
        (record.UsageSource, record.Usage.TotalTokens).ShouldBe((UsageSource.Reported, 15));
        // The record is visible from its commit on; the writer forgets it only after that.
        await Eventually.BecomesTrueAsync(async () => (await gate.Ledger.ReadHealthAsync()).PendingRecords == 0);
        (await gate.RecordsAsync()).Count.ShouldBe(1);
    }

    private static async Task RunAsync(InProcessGateway gate, string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(gate.LedgerOptions.DataFolder, "tollgate.db")};Pooling=False"
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
