using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Forwarding;

/// <summary>The caller leaves at each moment of a plain call; each attempt is booked once all the same.</summary>
public class LeavingCallerTests
{
    private const string Call = """{"model":"gpt-4o","max_tokens":50}""";
    private static readonly byte[] Answer =
        """
        {"id":"c","model":"gpt-4o","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}
        """u8.ToArray();

    [Fact]
    public async Task While_the_provider_works_the_upper_bound_is_booked()
    {
        var asked = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        await LeaveAsync(gate, asked.Task);

        (await gate.RecordsAsync(1))
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.ClientDisconnected),
                record => record.Usage.OutputTokens.ShouldBe(50)
            );
    }

    [Fact]
    public async Task In_the_middle_of_a_plain_answer_the_upper_bound_is_booked()
    {
        var begun = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(Answer.AsMemory(0, 20));
            await http.Response.Body.FlushAsync();
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        await LeaveAsync(gate, begun.Task);

        (await gate.RecordsAsync(1)).Single().Usage.OutputTokens.ShouldBe(50);
    }

    [Fact]
    public async Task Where_callers_are_drained_a_plain_answer_is_booked_as_reported()
    {
        var asked = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            asked.SetResult();
            await left.Task;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(Answer);
        });
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { OnClientDisconnect = ClientDisconnectPolicy.Drain }
        );

        await LeaveAsync(gate, asked.Task);
        left.SetResult();

        (await gate.RecordsAsync(1)).Single().UsageSource.ShouldBe(UsageSource.Reported);
    }

    [Fact]
    public async Task Before_a_retry_nothing_more_is_sent_and_the_first_attempt_is_booked_once()
    {
        var clock = new ManualTimeProvider();
        await using var upstream = await ScriptedUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "4";
            return Task.CompletedTask;
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address, clock: clock);

        await LeaveAsync(gate, gate.RecordsAsync(1));
        await Eventually.BecomesTrueAsync(async () =>
            (await gate.ReadMetricsAsync()).Contains("tollgate_calls_in_flight 0")
        );
        clock.Advance(TimeSpan.FromSeconds(5));

        (await gate.RecordsAsync()).Single().StatusCode.ShouldBe(429);
        upstream.Requests.Count.ShouldBe(1);
    }

    private static async Task LeaveAsync(InProcessGateway gate, Task moment)
    {
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(Call),
        };
        var call = gate.Client.SendAsync(request, leaving.Token);
        await moment;
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
    }
}
