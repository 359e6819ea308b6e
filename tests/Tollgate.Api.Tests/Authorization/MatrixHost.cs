using System.Net;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Authorization;

/// <summary>A host with a credential of every kind.</summary>
public sealed class MatrixHost : IAsyncLifetime
{
    public ApiHost Host { get; } = new();

    /// <summary>The tokens by the name of their sender.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await Host.AddAccountAsync("root", Role.Admin);
        await Host.AddAccountAsync("mia", Role.Manager, "alpha");
        await Host.AddAccountAsync("otto", Role.User);
        await Host.AddAccountAsync("vera", Role.Viewer);
        foreach (var name in (string[])["root", "mia", "otto", "vera"])
            Tokens[name] = await Host.LogInAsync(name);
        Tokens["all"] = await CreateTokenAsync("all", PermissionNames.All);
        Tokens["usage"] = await CreateTokenAsync("usage", [Permission.UsageRead]);
        var keys = await VirtualKeys.OpenAsync(new LedgerOptions { DataFolder = Host.DataFolder });
        Tokens["key"] = (await keys.CreateAsync(new NewVirtualKey { Name = "key", User = "otto" })).Secret;
        // The gateway finds a new key within a second.
        await Eventually.BecomesTrueAsync(async () =>
            (await Host.GetAsync("/api/v1/session", Tokens["key"])).Status == HttpStatusCode.OK
        );
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task<string> CreateTokenAsync(string name, IReadOnlyList<Permission> permissions)
    {
        var names = string.Join(", ", permissions.Select(static permission => $"\"{permission.ToName()}\""));
        var (status, body) = await Host.PostAsync(
            "/api/v1/service-tokens",
            Tokens["root"],
            $$"""{"name": "{{name}}", "permissions": [{{names}}]}"""
        );
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return body.GetProperty("secret").GetString()!;
    }
}
