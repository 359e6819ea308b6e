using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using Tollgate.Metering.Usage;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Clients;

/// <summary>The official OpenAI client for .NET, unchanged but for endpoint and key.</summary>
public sealed class OpenAIClientTests(ProgramGateway gate) : IClassFixture<ProgramGateway>
{
    private ChatClient Chat =>
        new(
            "gpt-4o",
            new ApiKeyCredential("any-key"),
            new OpenAIClientOptions { Endpoint = new Uri(gate.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(0) }
        );

    [Fact]
    public async Task Completes_a_chat()
    {
        ChatCompletion answer = await Chat.CompleteChatAsync("[[sim input=120 cached=20 output=30 reasoning=10]]");

        answer.Usage.InputTokenCount.ShouldBe(120);
        answer.Usage.OutputTokenDetails.ReasoningTokenCount.ShouldBe(10);
        (await RecordOf(answer.Id)).Usage.CachedTokens.ShouldBe(20);
    }

    [Fact]
    public async Task Streams_a_chat()
    {
        string? id = null;
        var text = "";
        await foreach (var update in Chat.CompleteChatStreamingAsync("[[sim input=50 output=40 chunks=6]]"))
        {
            id ??= update.CompletionId;
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        text.ShouldNotBeEmpty();
        (await RecordOf(id!)).Usage.TotalTokens.ShouldBe(90);
    }

    [Fact]
    public async Task Calls_a_tool()
    {
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_weather") } };
        ChatCompletion answer = await Chat.CompleteChatAsync(
            [new UserChatMessage("[[sim input=50 output=40 tool=get_weather]]")],
            options
        );

        answer.ToolCalls.Single().FunctionName.ShouldBe("get_weather");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Sees_the_providers_error(int status)
    {
        var exception = await Should.ThrowAsync<ClientResultException>(
            Chat.CompleteChatAsync($"[[sim error={status} retry_after=60]]")
        );

        exception.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Leaves_a_stream_when_canceled()
    {
        using var leave = new CancellationTokenSource();
        string? id = null;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var update in Chat.CompleteChatStreamingAsync(
                    ["[[sim input=50 output=400 chunks=100 rate=100]]"],
                    cancellationToken: leave.Token
                )
            )
            {
                id ??= update.CompletionId;
                await leave.CancelAsync();
            }
        });

        (await RecordOf(id!)).UsageSource.ShouldBe(UsageSource.Estimated);
    }

    private async Task<UsageRecord> RecordOf(string responseId) =>
        (await gate.RecordsAsync(record => record.ResponseId == responseId, 1)).Single();
}
