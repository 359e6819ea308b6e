using System.Net;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Routing;

public class RetryTests
{
    [Fact]
    public async Task Tries_again_and_records_each_attempt()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.ChatAsync("id=a error=500 fail_times=2 input=10 output=5");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var records = await gate.RecordsAsync();
        records
            .Select(record => (record.Id.Attempt, record.StatusCode, record.UsageSource))
            .ShouldBe([(1, 500, UsageSource.Missing), (2, 500, UsageSource.Missing), (3, 200, UsageSource.Reported)]);
        records.Select(record => record.Id.Call).Distinct().Count().ShouldBe(1);
        records[0].Cost.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task Hands_the_last_refusal_on_as_it_is()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing => routing with { Retries = 1 }
        );

        using var answer = await gate.ChatAsync("error=429 retry_after=0");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("rate_limit");
        (await gate.RecordsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Does_not_wait_longer_than_allowed_but_passes_the_providers_word_on()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.ChatAsync("error=429 retry_after=60");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        (await gate.RecordsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Never_retries_an_error_that_the_caller_caused()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.ChatAsync("error=400");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await gate.RecordsAsync())
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.ProviderError),
                record => record.CostSource.ShouldBe("not_billed")
            );
    }

    [Fact]
    public async Task Falls_back_to_the_next_group_when_no_deployment_answers()
    {
        await using var broken = await ScriptedUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing =>
                routing with
                {
                    Groups =
                    [
                        new ModelGroup(
                            "main",
                            [InProcessGateway.DeploymentAt(broken.Address, "openai", "gpt-4o", "broken")],
                            ["spare"]
                        ),
                        new ModelGroup(
                            "spare",
                            [InProcessGateway.DeploymentAt(provider.BaseAddress, "openai", "gpt-4o-mini", "spare")],
                            []
                        ),
                    ],
                }
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"main","messages":[]}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gate.RecordsAsync())
            .Select(record => (record.Deployment, record.Model, record.StatusCode))
            .ShouldBe([("broken", "gpt-4o", 503), ("spare", "gpt-4o-mini", 200)]);
    }

    [Fact]
    public async Task Waits_as_long_as_the_provider_asks_also_when_another_deployment_is_cooling_down()
    {
        var clock = new ManualTimeProvider();
        await using var broken = await ScriptedUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var busy = await ScriptedUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "3";
            return Task.CompletedTask;
        });
        await using var gate = await InProcessGateway.StartAsync(
            busy.Address,
            routing =>
                routing with
                {
                    AllowedFailures = 1,
                    Retries = 1,
                    Groups =
                    [
                        new ModelGroup(
                            "main",
                            [InProcessGateway.DeploymentAt(broken.Address, "openai", "gpt-4o", "broken")],
                            ["spare"]
                        ),
                        new ModelGroup(
                            "spare",
                            [InProcessGateway.DeploymentAt(busy.Address, "openai", "gpt-4o", "busy")],
                            []
                        ),
                    ],
                },
            clock
        );
        (await CallAsync(gate)).ShouldBe(HttpStatusCode.TooManyRequests);

        var second = CallAsync(gate);
        await clock.TimerStartedAsync(TimeSpan.FromSeconds(3));
        busy.Requests.Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromSeconds(3));

        (await second).ShouldBe(HttpStatusCode.TooManyRequests);
        busy.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Leaves_a_failing_deployment_alone_until_its_cool_down_is_over()
    {
        var clock = new ManualTimeProvider();
        await using var broken = await ScriptedUpstream.StartAsync(http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing =>
                routing with
                {
                    AllowedFailures = 1,
                    CoolDown = TimeSpan.FromSeconds(30),
                    Groups =
                    [
                        new ModelGroup(
                            "main",
                            [
                                InProcessGateway.DeploymentAt(broken.Address, "openai", "gpt-4o", "broken") with
                                {
                                    Weight = 1_000_000,
                                },
                                InProcessGateway.DeploymentAt(provider.BaseAddress, "openai", "gpt-4o", "good"),
                            ],
                            []
                        ),
                    ],
                },
            clock
        );

        for (var i = 0; i < 5; i++)
            (await CallAsync(gate)).ShouldBe(HttpStatusCode.OK);
        broken.Requests.Count.ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(31));
        (await CallAsync(gate)).ShouldBe(HttpStatusCode.OK);
        broken.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Shares_calls_by_weight()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing =>
                routing with
                {
                    Groups =
                    [
                        new ModelGroup(
                            "main",
                            [
                                InProcessGateway.DeploymentAt(provider.BaseAddress, "openai", "gpt-4o", "three") with
                                {
                                    Weight = 3,
                                },
                                InProcessGateway.DeploymentAt(provider.BaseAddress, "openai", "gpt-4o", "one"),
                            ],
                            []
                        ),
                    ],
                }
        );

        for (var i = 0; i < 400; i++)
            (await CallAsync(gate)).ShouldBe(HttpStatusCode.OK);

        // The stream is seeded, so the share is the same in every run.
        (await gate.RecordsAsync())
            .Count(record => record.Deployment == "three")
            .ShouldBeInRange(270, 330);
    }

    [Fact]
    public async Task Says_that_no_connection_could_be_made_and_charges_nothing()
    {
        await using var gate = await InProcessGateway.StartAsync(new Uri("http://127.0.0.1:1"));

        using var answer = await gate.ChatAsync("input=1");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await gate.RecordsAsync()).ShouldAllBe(record =>
            record.Outcome == CallOutcome.ConnectFailed && record.UsageSource == UsageSource.Missing
        );
    }

    [Fact]
    public async Task Gives_up_on_a_provider_that_does_not_answer_and_books_the_upper_bound()
    {
        var clock = new ManualTimeProvider();
        var asked = new TaskCompletionSource();
        await using var silent = await ScriptedUpstream.StartAsync(async http =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var gate = await InProcessGateway.StartAsync(
            silent.Address,
            routing => routing with { Retries = 0, FirstByteTimeout = TimeSpan.FromSeconds(20) },
            clock
        );

        var call = gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o","max_tokens":100}""");
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(21));

        using var answer = await call;
        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await gate.RecordsAsync())
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.TimedOut),
                record => record.UsageSource.ShouldBe(UsageSource.Estimated),
                record => record.Usage.OutputTokens.ShouldBe(100)
            );
    }

    private static async Task<HttpStatusCode> CallAsync(InProcessGateway gate)
    {
        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"main","messages":[]}""");
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_deployment_of_weight_0_is_never_asked_and_never_missed()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var off = InProcessGateway.DeploymentAt(provider.BaseAddress, "openai", "gpt-4o", "off") with { Weight = 0 };
        var on = InProcessGateway.DeploymentAt(provider.BaseAddress, "anthropic", "claude-sonnet-4-5", "on");
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing => routing with { Groups = [new("gpt-4o", [off, on], [])] }
        );

        using var answer = await gate.ChatAsync("input=10 output=5");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not served in the OpenAI dialect");
    }
}
