using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Tollgate.Metering.Usage;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Clients;

/// <summary>The official Anthropic client for .NET, unchanged but for base URL and key.</summary>
public sealed class AnthropicClientTests(ProgramGateway gate) : IClassFixture<ProgramGateway>
{
    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    public async Task Creates_a_message_with_and_without_the_version_in_its_base_url(string suffix)
    {
        var answer = await ClientAt(suffix)
            .Messages.Create(Call("input=900 cached=500 cache5m=100 cache1h=50 output=30"));

        answer.Usage.InputTokens.ShouldBe(250);
        (await RecordOf(answer.ID)).Usage.ShouldSatisfyAllConditions(
            usage => usage.InputTokens.ShouldBe(900),
            usage => usage[UsageKind.CacheWrite1h].ShouldBe(50)
        );
    }

    [Fact]
    public async Task Streams_a_message()
    {
        string? id = null;
        var events = 0;
        await foreach (var raw in ClientAt("").Messages.CreateStreaming(Call("input=90 output=30 chunks=5")))
        {
            events++;
            if (raw.TryPickStart(out var start))
                id = start.Message.ID;
        }

        events.ShouldBeGreaterThan(5);
        (await RecordOf(id!)).Usage.TotalTokens.ShouldBe(120);
    }

    [Fact]
    public async Task Sees_the_providers_error()
    {
        await Should.ThrowAsync<AnthropicBadRequestException>(ClientAt("").Messages.Create(Call("error=400")));
        await Should.ThrowAsync<AnthropicRateLimitException>(
            ClientAt("").Messages.Create(Call("error=429 retry_after=60"))
        );
    }

    [Fact]
    public async Task Leaves_a_stream_when_canceled()
    {
        using var leave = new CancellationTokenSource();
        string? id = null;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var raw in ClientAt("")
                    .Messages.CreateStreaming(Call("input=90 output=400 chunks=100 rate=100"), leave.Token)
            )
            {
                if (raw.TryPickStart(out var start))
                    id = start.Message.ID;
                else
                    await leave.CancelAsync();
            }
        });

        (await RecordOf(id!)).UsageSource.ShouldBe(UsageSource.Estimated);
    }

    private AnthropicClient ClientAt(string suffix) =>
        new()
        {
            BaseUrl = gate.Address + suffix,
            ApiKey = "any-key",
            MaxRetries = 0,
        };

    private static MessageCreateParams Call(string script) =>
        new()
        {
            Model = "claude-sonnet-4-5",
            MaxTokens = 1000,
            Messages = [new UserMessageParam { Content = $"[[sim {script}]]" }],
        };

    private async Task<UsageRecord> RecordOf(string responseId) =>
        (await gate.RecordsAsync(record => record.ResponseId == responseId, 1)).Single();
}
