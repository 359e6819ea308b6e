using System.Net;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>The program with an administrator, three keys, and a ledger of generated usage.</summary>
public sealed class LedgerHost : IAsyncLifetime
{
    public const int RecordCount = 400;

    public ApiHost Host { get; } = new();

    /// <summary>The token of the administrator.</summary>
    public string Root { get; private set; } = "";

    /// <summary>The ids of the keys: of the teams alpha and beta, and of none.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>The keys themselves.</summary>
    public List<string> Secrets { get; } = [];

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await Host.AddAccountAsync("root", Role.Admin);
        Root = await Host.LogInAsync("root");
        var keys = await VirtualKeys.OpenAsync(new LedgerOptions { DataFolder = Host.DataFolder });
        foreach (var team in (string?[])["alpha", "beta", null])
        {
            var issued = await keys.CreateAsync(new NewVirtualKey { Name = $"key of {team}", Team = team });
            Ids.Add(issued.Key.Id);
            Secrets.Add(issued.Secret);
        }

        await Host.Ledger.AppendAsync(SampleUsage.Create(DateTimeOffset.UtcNow, Ids, RecordCount));
        // The gateway finds a new key within a second.
        await Eventually.BecomesTrueAsync(async () =>
            (await Host.GetAsync("/api/v1/session", Secrets[2])).Status == HttpStatusCode.OK
        );
    }

    /// <summary>Creates a service token with one permission.</summary>
    public async Task<string> CreateServiceTokenAsync(string name, string permission)
    {
        var (status, body) = await Host.PostAsync(
            "/api/v1/service-tokens",
            Root,
            $$"""{"name": "{{name}}", "permissions": ["{{permission}}"]}"""
        );
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return body.GetProperty("secret").GetString()!;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
