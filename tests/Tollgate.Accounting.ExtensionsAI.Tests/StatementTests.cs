using Microsoft.Extensions.AI;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ExtensionsAI.Tests;

/// <summary>Statements of usage as clients make them, from one of our own that states what it is told to.</summary>
public sealed class StatementTests
{
    public static TheoryData<UsageDetails?, string, UsageSource> Statements =>
        new()
        {
            { null, "Request=1", UsageSource.Missing },
            { new UsageDetails(), "Request=1", UsageSource.Missing },
            {
                new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 },
                "Request=1",
                UsageSource.Reported
            },
            {
                new UsageDetails
                {
                    InputTokenCount = 10,
                    OutputTokenCount = 5,
                    TotalTokenCount = 15,
                },
                "InputText=10 OutputText=5 Request=1",
                UsageSource.Reported
            },
            {
                new UsageDetails { InputTokenCount = 10, TotalTokenCount = 15 },
                "InputText=10 OutputText=5 Request=1",
                UsageSource.Reported
            },
            {
                new UsageDetails { TotalTokenCount = 15 },
                "InputText=15 Request=1",
                UsageSource.Estimated
            },
            {
                new UsageDetails
                {
                    InputTokenCount = 10,
                    CachedInputTokenCount = 4,
                    OutputTokenCount = 5,
                    ReasoningTokenCount = 3,
                },
                "InputText=6 CacheRead=4 OutputText=2 OutputReasoning=3 Request=1",
                UsageSource.Reported
            },
            // Against the interface's rules, and booked nevertheless.
            {
                new UsageDetails
                {
                    InputTokenCount = 10,
                    OutputTokenCount = 5,
                    TotalTokenCount = 99,
                },
                "InputText=10 OutputText=5 Request=1",
                UsageSource.Reported
            },
            {
                new UsageDetails { InputTokenCount = 10, TotalTokenCount = 9 },
                "InputText=10 Request=1",
                UsageSource.Reported
            },
            {
                new UsageDetails
                {
                    InputTokenCount = 10,
                    CachedInputTokenCount = 40,
                    OutputTokenCount = 5,
                    ReasoningTokenCount = 30,
                },
                "InputText=10 CacheRead=40 OutputText=5 OutputReasoning=30 Request=1",
                UsageSource.Reported
            },
            {
                new UsageDetails { InputTokenCount = -1, OutputTokenCount = 5 },
                "OutputText=5 Request=1",
                UsageSource.Reported
            },
        };

    [Theory]
    [MemberData(nameof(Statements), DisableDiscoveryEnumeration = true)]
    public async Task A_statement_is_booked_as_it_is_meant(UsageDetails? stated, string expected, UsageSource source)
    {
        await using var booked = await BookedClient.StartAsync();
        using var chat = new StatingClient([stated]).UseUsageTracking(booked.Tracker);
        await chat.GetResponseAsync("Hello");
        await foreach (var _ in chat.GetStreamingResponseAsync("Hello")) { }

        var records = await booked.Ledger.Query.TailAsync(9);
        records.Count.ShouldBe(2);
        foreach (var record in records)
        {
            record.Usage.ToString().ShouldBe(expected);
            record.UsageSource.ShouldBe(source);
            (record.Provider, record.Model).ShouldBe(
                ("openai", "gpt-4o-mini"),
                "the provider is the maker of the model that the answer names"
            );
        }
    }

    [Fact]
    public async Task The_statements_of_one_stream_add_up()
    {
        await using var booked = await BookedClient.StartAsync();
        using var chat = new StatingClient([
            new UsageDetails { InputTokenCount = 7 },
            null,
            new UsageDetails { OutputTokenCount = 3 },
        ]).UseUsageTracking(booked.Tracker);
        await foreach (var _ in chat.GetStreamingResponseAsync("Hello")) { }
        (await booked.RecordAsync()).Usage.ToString().ShouldBe("InputText=7 OutputText=3 Request=1");
    }

    /// <summary>Names neither a provider nor, when asked, a model.</summary>
    private sealed class StatingClient(UsageDetails?[] statements) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi"))
                {
                    Usage = statements[0],
                    ModelId = "gpt-4o-mini",
                }
            );

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            foreach (var stated in statements)
            {
                await Task.Yield();
                yield return new ChatResponseUpdate(
                    ChatRole.Assistant,
                    stated is null ? [new TextContent("Hi")] : [new UsageContent(stated)]
                )
                {
                    ModelId = "gpt-4o-mini",
                };
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
