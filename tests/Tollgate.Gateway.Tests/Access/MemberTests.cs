using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Registry;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Access;

/// <summary>
/// Whom the gate lets call: what is deactivated never, what is unknown only where nobody requires it to be known.
/// </summary>
public sealed class MemberTests : IAsyncLifetime
{
    private const string Prompt = "[[sim input=5 output=5]]";

    private SimulatedProviderServer? _provider;

    [Theory]
    [InlineData("/v1/chat/completions", "permission_error")]
    [InlineData("/v1/messages", "permission_error")]
    [InlineData("/v1beta/models/gemini-2.5-flash:generateContent", "PERMISSION_DENIED")]
    public async Task A_deactivated_user_is_refused_in_every_dialect_before_anything_is_sent(string path, string type)
    {
        await using var gate = await StartAsync();
        await (await Users.OpenAsync(gate.LedgerOptions)).AddAsync(new User { Name = "ada", Enabled = false });

        using var answer = await RefusedAsync(() => PostAsync(gate, path, ("x-tollgate-user", "ada")));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldContain("The user 'ada' is deactivated.");
        body.ShouldContain(type);
        if (path == "/v1/chat/completions")
            JsonDocument
                .Parse(body)
                .RootElement.GetProperty("error")
                .GetProperty("code")
                .GetString()
                .ShouldBe("user_disabled");
        var booked = (await gate.RecordsAsync()).Count;
        using var again = await PostAsync(gate, path, ("x-tollgate-user", "ada"));
        again.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await gate.RecordsAsync()).Count.ShouldBe(booked);
        (await gate.Ledger.Query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deactivated_owner_of_a_key_is_refused_and_admitted_again_when_activated()
    {
        await using var gate = await StartAsync();
        var issued = await (await VirtualKeys.OpenAsync(gate.LedgerOptions)).CreateAsync(
            new NewVirtualKey { Name = "n", Project = "apollo" }
        );
        var projects = await Projects.OpenAsync(gate.LedgerOptions);
        await projects.AddAsync(new Project { Name = "apollo" });
        (string, string)[] headers = [("Authorization", "Bearer " + issued.Secret), ("x-tollgate-project", "another")];
        await Eventually.BecomesTrueAsync(async () => (await StatusAsync(gate, headers)) == HttpStatusCode.OK);

        await projects.UpdateAsync("apollo", project => project with { Enabled = false });
        await Eventually.BecomesTrueAsync(async () => (await StatusAsync(gate, headers)) == HttpStatusCode.Forbidden);
        await projects.UpdateAsync("apollo", project => project with { Enabled = true });
        await Eventually.BecomesTrueAsync(async () => (await StatusAsync(gate, headers)) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deactivated_application_or_session_is_refused()
    {
        await using var gate = await StartAsync();
        await (await Applications.OpenAsync(gate.LedgerOptions)).AddAsync(
            new Application { Name = "bot", Enabled = false }
        );
        await (await Conversations.OpenAsync(gate.LedgerOptions)).AddAsync(
            new Conversation { Name = "s1", Enabled = false }
        );

        await Eventually.BecomesTrueAsync(async () =>
            await CodeAsync(gate, ("x-tollgate-app", "bot")) == "application_disabled"
        );
        await Eventually.BecomesTrueAsync(async () =>
            await CodeAsync(gate, ("x-tollgate-session", "s1")) == "session_disabled"
        );
        (await CodeAsync(gate, ("x-tollgate-app", "other"), ("x-tollgate-session", "s2"))).ShouldBeNull();
    }

    [Fact]
    public async Task Required_attribution_is_refused_if_unknown_or_missing()
    {
        await using var gate = await StartAsync(RegistryRequirements.Projects | RegistryRequirements.Users);
        await (await Users.OpenAsync(gate.LedgerOptions)).AddAsync(new User { Name = "ada" });
        await (await Projects.OpenAsync(gate.LedgerOptions)).AddAsync(new Project { Name = "apollo" });
        await Eventually.BecomesTrueAsync(async () =>
            await CodeAsync(gate, ("x-tollgate-user", "ada"), ("x-tollgate-project", "apollo")) is null
        );

        (await CodeAsync(gate)).ShouldBe("missing_user");
        (await CodeAsync(gate, ("x-tollgate-user", "ada"))).ShouldBe("missing_project");
        (await CodeAsync(gate, ("x-tollgate-user", "ada"), ("x-tollgate-project", "gemini"))).ShouldBe(
            "unknown_project"
        );
        (await CodeAsync(gate, ("x-tollgate-user", "Ada"), ("x-tollgate-project", "apollo"))).ShouldBe("unknown_user");
        using var answer = await PostAsync(gate, "/v1/chat/completions", ("x-tollgate-user", "ada"));
        (await answer.Content.ReadAsStringAsync()).ShouldContain("x-tollgate-project");
    }

    [Theory]
    [InlineData("x-tollgate-user")]
    [InlineData("x-tollgate-project")]
    [InlineData("x-tollgate-session")]
    [InlineData("x-tollgate-app")]
    [InlineData("x-tollgate-tags")]
    public async Task A_header_that_is_too_long_to_be_booked_is_refused_at_the_door(string header)
    {
        await using var gate = await StartAsync();
        (await StatusAsync(gate, (header, new string('x', 256)))).ShouldBe(HttpStatusCode.OK);

        using var answer = await PostAsync(gate, "/v1/chat/completions", (header, new string('x', 300)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("invalid_header");
        error
            .GetProperty("message")
            .GetString()
            .ShouldBe($"The header {header} has 300 characters; at most 256 are allowed.");
        (await gate.RecordsAsync()).Count.ShouldBe(1);
    }

    public async ValueTask InitializeAsync() =>
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);

    public async ValueTask DisposeAsync() => await _provider!.DisposeAsync();

    private Task<InProcessGateway> StartAsync(RegistryRequirements require = RegistryRequirements.None) =>
        InProcessGateway.StartAsync(
            new GatewayOptions
            {
                Routing = InProcessGateway.RoutingTo(_provider!.BaseAddress),
                RegistryRequirements = require,
            }
        );

    private static Task<HttpResponseMessage> PostAsync(
        InProcessGateway gate,
        string path,
        params (string, string)[] headers
    ) =>
        gate.PostAsync(
            path,
            path.StartsWith("/v1beta", StringComparison.Ordinal)
                ? $$"""{"contents":[{"parts":[{"text":"{{Prompt}}"}]}]}"""
                : $$"""{"model":"gpt-4o","max_tokens":9,"messages":[{"role":"user","content":"{{Prompt}}"}]}""",
            headers
        );

    private static async Task<HttpStatusCode> StatusAsync(InProcessGateway gate, params (string, string)[] headers)
    {
        using var answer = await PostAsync(gate, "/v1/chat/completions", headers);
        return answer.StatusCode;
    }

    /// <summary>The code of the refusal; null where the call passes.</summary>
    private static async Task<string?> CodeAsync(InProcessGateway gate, params (string, string)[] headers)
    {
        using var answer = await PostAsync(gate, "/v1/chat/completions", headers);
        return answer.IsSuccessStatusCode
            ? null
            : JsonDocument
                .Parse(await answer.Content.ReadAsStringAsync())
                .RootElement.GetProperty("error")
                .GetProperty("code")
                .GetString();
    }

    /// <summary>A gate sees a change at its next look.</summary>
    private static async Task<HttpResponseMessage> RefusedAsync(Func<Task<HttpResponseMessage>> post)
    {
        HttpResponseMessage? answer = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            answer?.Dispose();
            answer = await post();
            return !answer.IsSuccessStatusCode;
        });
        return answer!;
    }
}
