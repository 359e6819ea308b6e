using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Gateway.Routing;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Transcripts;

/// <summary>What the gate refuses is in the log of refusals.</summary>
public sealed class RefusedCallTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1");

    [Fact]
    public async Task Every_kind_of_refusal_is_logged_with_what_is_known_of_it()
    {
        var secret = "";
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions
            {
                Routing = new RoutingOptions
                {
                    Groups = [new ModelGroup("known", [InProcessGateway.DeploymentAt(Nowhere, "openai")], [])],
                },
                MaxRequestBodyBytes = 1000,
            },
            transcripts: static options => options,
            prepare: async ledger =>
                secret = (
                    await (await VirtualKeys.OpenAsync(ledger)).CreateAsync(
                        new NewVirtualKey
                        {
                            Name = "k",
                            User = "ann",
                            Project = "apollo",
                            AllowedModels = ["known", "unknown"],
                        }
                    )
                ).Secret
        );
        (string, string)[] headers = [("Authorization", $"Bearer {secret}"), ("x-tollgate-app", "app")];

        (await gate.PostAsync("/v1/chat/completions", """{"model":"known"}""")).Dispose();
        (await gate.PostAsync("/v1/chat/completions", """{"model":"forbidden"}""", headers)).Dispose();
        (await gate.PostAsync("/v1/chat/completions", """{"model":"unknown"}""", headers)).Dispose();
        (await gate.PostAsync("/v1/chat/completions", new string(' ', 2000), headers)).Dispose();
        (await gate.PostAsync("/v1/chat/completions", """{"model":""", headers)).Dispose();
        (await gate.PostAsync("/v1/completely/else", "{}", headers)).Dispose();
        (await gate.Client.GetAsync("/v1/models")).Dispose();

        var rows = await RefusalsAsync(gate);
        rows.Select(row => (row.Status, row.Code, row.Model, row.User, row.Count))
            .ShouldBe(
                [
                    (401, "invalid_api_key", null, null, 2),
                    (403, "model_not_allowed", "forbidden", "ann", 1),
                    (404, "model_not_found", "unknown", "ann", 1),
                    (413, "request_too_large", null, "ann", 1),
                    (404, "unknown_route", null, null, 1),
                ],
                ignoreOrder: true
            );
        var forbidden = rows.Single(row => row.Status == 403);
        forbidden.Message!.ShouldContain("may not use the model 'forbidden'");
        forbidden.Project.ShouldBe("apollo");
        Guid.TryParse(forbidden.RequestId, out _).ShouldBeTrue();
        rows.Single(row => row.Code == "model_not_found").Application.ShouldBe("app");
    }

    [Fact]
    public async Task A_thousand_refusals_at_once_are_one_row()
    {
        // A clock that stands still, so that they are all in one second.
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions
            {
                Routing = new RoutingOptions
                {
                    Groups = [new ModelGroup("known", [InProcessGateway.DeploymentAt(Nowhere, "openai")], [])],
                },
            },
            new ManualTimeProvider(TimeProvider.System.GetUtcNow()),
            static options => options
        );

        await Parallel.ForAsync(
            0,
            1000,
            new ParallelOptions { MaxDegreeOfParallelism = 50 },
            async (_, _) => (await gate.PostAsync("/v1/chat/completions", """{"model":"nope"}""")).Dispose()
        );

        (await RefusalsAsync(gate))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(row => row.Count.ShouldBe(1000), row => row.Code.ShouldBe("model_not_found"));
    }

    [Fact]
    public async Task None_is_logged_where_that_is_not_wanted()
    {
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(Nowhere) },
            transcripts: static options => options with { RecordsDenials = false }
        );

        (await gate.PostAsync("/v1/completely/else", "{}")).Dispose();

        (await RefusalsAsync(gate)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failing_provider_does_not_count_as_a_denial()
    {
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(Nowhere) with { Retries = 0 } },
            transcripts: static options => options
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

        ((int)answer.StatusCode).ShouldBe(502);
        (await RefusalsAsync(gate)).ShouldBeEmpty();
    }

    /// <summary>Closing the log writes what waits.</summary>
    private static async Task<IReadOnlyList<DenialEntry>> RefusalsAsync(InProcessGateway gate)
    {
        await gate.Transcripts!.DisposeAsync();
        return await gate.Transcripts.Options.OpenStore().DenialsAsync(new TranscriptSelection());
    }
}
