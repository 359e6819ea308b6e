using Microsoft.Extensions.AI;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tracking;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ExtensionsAI.Tests;

/// <summary>Calls of a real client over a real connection.</summary>
public sealed class CallTests
{
    private const string Scripted = "Hello [[sim input=3000 cached=2000 cache5m=500 output=250 chunks=4]]";

    [Fact]
    public async Task A_plain_call_is_booked_and_priced()
    {
        await using var booked = await BookedClient.StartAsync();
        var answer = await booked.Chat.GetResponseAsync(Scripted);
        var record = await booked.RecordAsync();
        Expect(record);
        record.Streamed.ShouldBeFalse();
        record.TimeToFirstToken.ShouldBeNull();
        record.ResponseId.ShouldBe(answer.ResponseId);
    }

    [Fact]
    public async Task A_call_that_the_rules_refuse_is_not_made()
    {
        await using var booked = await BookedClient.StartAsync();
        await (await Users.OpenAsync(booked.Options)).AddAsync(new User { Name = "ada", Enabled = false });
        await using var directory = await RegistryWatcher.StartAsync(booked.Options);
        using var client = booked.Provider.UseUsageTracking(
            new UsageTracker(booked.Ledger, rules: new RegistryRules(directory)),
            new UsageTrackingOptions { User = "ada" }
        );

        (
            await Should.ThrowAsync<UsageRejectedException>(() => client.GetResponseAsync(Scripted))
        ).Refusal.Code.ShouldBe("user_disabled");

        (await booked.Ledger.Query.TailAsync(9)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_streamed_call_is_booked_when_its_end_is_seen()
    {
        await using var booked = await BookedClient.StartAsync();
        var text = "";
        await foreach (var update in booked.Chat.GetStreamingResponseAsync(Scripted))
            text += update.Text;
        text.ShouldNotBeEmpty();
        var record = await booked.RecordAsync();
        Expect(record);
        record.Streamed.ShouldBeTrue();
        record.TimeToFirstToken.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(record.Duration);
    }

    [Fact]
    public async Task A_stream_that_the_caller_leaves_is_booked()
    {
        await using var booked = await BookedClient.StartAsync();
        await foreach (var _ in booked.Chat.GetStreamingResponseAsync("[[sim output=200 chunks=50 rate=100]]"))
            break;
        var record = await booked.RecordAsync();
        record.Outcome.ShouldBe(CallOutcome.ClientDisconnected);
        record.UsageSource.ShouldBe(UsageSource.Missing);
        record.Cost.ShouldBeNull("nobody knows what was consumed");
        record.ErrorType.ShouldBeNull();
        record.ResponseId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stream_that_the_caller_cancels_is_booked()
    {
        await using var booked = await BookedClient.StartAsync();
        using var cancellationToken = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var _ in booked.Chat.GetStreamingResponseAsync(
                    "[[sim output=200 chunks=50 rate=20]]",
                    cancellationToken: cancellationToken.Token
                )
            )
                await cancellationToken.CancelAsync();
        });
        (await booked.RecordAsync()).Outcome.ShouldBe(CallOutcome.ClientDisconnected);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_booked()
    {
        await using var booked = await BookedClient.StartAsync();
        await Should.ThrowAsync<HttpIOException>(async () =>
        {
            await foreach (var _ in booked.Chat.GetStreamingResponseAsync("[[sim output=20 chunks=4 cut=2]]")) { }
        });
        var record = await booked.RecordAsync();
        record.Outcome.ShouldBe(CallOutcome.UpstreamCut);
        record.ErrorType.ShouldBe("HttpIOException");
        record.Cost.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_call_is_booked_as_an_error_that_cost_nothing(bool streamed)
    {
        await using var booked = await BookedClient.StartAsync();
        await Should.ThrowAsync<Anthropic.Exceptions.AnthropicRateLimitException>(async () =>
        {
            if (!streamed)
                await booked.Chat.GetResponseAsync("[[sim error=429]]");
            else
                await foreach (var _ in booked.Chat.GetStreamingResponseAsync("[[sim error=429]]")) { }
        });
        var record = await booked.RecordAsync();
        record.Outcome.ShouldBe(CallOutcome.ProviderError);
        record.ErrorType.ShouldBe("AnthropicRateLimitException");
        record.UsageSource.ShouldBe(UsageSource.Missing);
        record.Cost.ShouldBe(Money.Zero);
        (await booked.Ledger.Query.TotalsAsync(UsagePeriod.All)).Errors.ShouldBe(1);
    }

    [Fact]
    public async Task Attribution_of_a_call_overrides_its_client_and_stays_from_the_provider()
    {
        await using var booked = await BookedClient.StartAsync(
            new UsageTrackingOptions
            {
                Application = "notes",
                User = "ada",
                Project = "engine",
                Session = "s-0",
            }
        );
        var options = new ChatOptions
        {
            AdditionalProperties = new()
            {
                [UsageProperties.Session] = "s-1",
                [UsageProperties.User] = "bob",
                ["own"] = 1,
            },
        };
        await booked.Chat.GetResponseAsync(Scripted, options);
        (await booked.RecordAsync()).Attribution.ShouldBe(
            new Attribution
            {
                Application = "notes",
                User = "bob",
                Project = "engine",
                Session = "s-1",
            }
        );
        options.AdditionalProperties.Count.ShouldBe(3, "the caller's options are the caller's");
        UsageProperties.Without(options)!.AdditionalProperties!.Keys.ShouldBe(["own"]);
    }

    [Fact]
    public async Task Nothing_is_sent_that_could_not_be_booked()
    {
        await using var booked = await BookedClient.StartAsync();
        var options = new ChatOptions
        {
            AdditionalProperties = new() { [UsageProperties.Project] = new string('p', 257) },
        };
        (
            await Should.ThrowAsync<ArgumentException>(() => booked.Chat.GetResponseAsync("[[sim error=500]]", options))
        ).ParamName.ShouldBe("Project");
        (await booked.Ledger.Query.TailAsync(9)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_booking_that_fails_is_seen()
    {
        await using var booked = await BookedClient.StartAsync();
        await booked.Ledger.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => booked.Chat.GetResponseAsync(Scripted));
        var updates = 0;
        await Should.ThrowAsync<ObjectDisposedException>(async () =>
        {
            await foreach (var _ in booked.Chat.GetStreamingResponseAsync(Scripted))
                updates++;
        });
        updates.ShouldBeGreaterThan(4, "updates pass at once; the end of the stream waits for the record");
        var both = await Should.ThrowAsync<AggregateException>(() => booked.Chat.GetResponseAsync("[[sim error=429]]"));
        both.InnerExceptions[0].ShouldBeOfType<Anthropic.Exceptions.AnthropicRateLimitException>();
    }

    private static void Expect(UsageRecord record)
    {
        record.Provider.ShouldBe("anthropic");
        record.Model.ShouldBe(BookedClient.Model);
        record.ResponseModel.ShouldBe(BookedClient.Model);
        record.Usage.ToString().ShouldBe("InputText=500 CacheRead=2000 CacheWrite5m=500 OutputText=250 Request=1");
        record.UsageSource.ShouldBe(UsageSource.Reported);
        record.Cost.ShouldBe(Money.Round(0.007725m));
        record.Outcome.ShouldBe(CallOutcome.Completed);
        record.Duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }
}
