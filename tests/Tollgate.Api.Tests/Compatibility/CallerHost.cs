using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>
/// A process that serves only the gateway, with model groups at a simulated provider, and the keys of Ann and Bob, who
/// are in one team. Ann's key, and the team, have budgets.
/// </summary>
public sealed class CallerHost : IAsyncLifetime
{
    /// <summary>Ten US dollars.</summary>
    private static readonly Int128 Ten = 10_000_000_000_000;

    private readonly TemporaryFolder _folder = new();
    private SimulatedProviderServer _provider = null!;
    private GatewayHost _host = null!;
    private HttpClient _client = null!;

    public string Ann { get; private set; } = "";

    public string Bob { get; private set; } = "";

    public string BobsId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var deployments = SimulatedDeployments.Create(_provider.BaseAddress);
        await CreateKeysAsync();
        _host = await GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = _folder.Path,
                Urls = ["http://127.0.0.1:0"],
                Parts = ServedParts.Gateway,
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions
                    {
                        Groups =
                        [
                            new ModelGroup("smart", [deployments["openai"] with { Name = "d1", Model = "gpt-4o" }], []),
                            new ModelGroup(
                                "odd",
                                [deployments["openai"] with { Name = "d2", Model = "unpriced-1" }],
                                []
                            ),
                        ],
                    },
                },
            },
            TimeProvider.System,
            default
        );
        _client = new HttpClient { BaseAddress = _host.Addresses[0] };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Makes a call of 0.0035 US dollars.</summary>
    public async Task CallAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = JsonContent.Create(
            new
            {
                model = "smart",
                messages = new[] { new { role = "user", content = "[[sim input=1000 output=100]]" } },
            }
        );
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Reads a path with a key.</summary>
    public async Task<(int Status, JsonElement Body)> GetAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        foreach (var secret in (string[])[Ann, Bob, "simulated", "pbkdf2", "hash"])
            text.ShouldNotContain(secret);
        using var json = JsonDocument.Parse(text);
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    private async Task CreateKeysAsync()
    {
        await using var workspace = new Workspace(
            new WorkspaceOptions { Ledger = new LedgerOptions { DataFolder = _folder.Path } }
        );
        var actor = new Actor(ActorKind.Operator, "test");
        var keys = new KeyOperations(workspace);
        var ann = await keys.IssueAsync(
            new NewVirtualKey
            {
                Name = "ann's",
                User = "ann",
                Team = "alpha",
            },
            new KeyLimits { MaxBudget = new NewAmount(Ten), BudgetDuration = WindowText.Parse("30d") },
            actor,
            default
        );
        var bob = await keys.IssueAsync(
            new NewVirtualKey
            {
                Name = "bob's",
                User = "bob",
                Team = "alpha",
            },
            new KeyLimits(),
            actor,
            default
        );
        (Ann, Bob, BobsId) = (ann.Secret, bob.Secret, bob.Key.Id);
        await new MemberLimitOperations(workspace).SetAsync(
            new ScopeTerm(LimitDimension.Team, "alpha"),
            new KeyLimits { MaxBudget = new NewAmount(10 * Ten), BudgetDuration = WindowText.Parse("month") },
            actor,
            default
        );
    }
}
