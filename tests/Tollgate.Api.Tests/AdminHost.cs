using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests;

/// <summary>A host with one administrator.</summary>
public sealed class AdminHost : IAsyncLifetime
{
    public ApiHost Host { get; } = new();

    /// <summary>The administrator's access token.</summary>
    public string Token { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Host.StartAsync();
        await Host.AddAccountAsync("root", Role.Admin);
        Token = await Host.LogInAsync("root");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
