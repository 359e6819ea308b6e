using Tollgate.Api.Tests;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Usage;

namespace Tollgate.Dashboard.Tests;

/// <summary>The program with a small ledger and an account of every role.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    /// <summary>A name that would be a script if a page did not encode it.</summary>
    public const string Script = "<script>alert(1)</script>\"'&";

    private readonly Dictionary<string, PageClient> _clients = [];

    public ApiHost Api { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        await Api.AddAccountAsync("root", Role.Admin);
        await Api.AddAccountAsync("mia", Role.Manager, "alpha");
        await Api.AddAccountAsync("otto", Role.User);
        await Api.AddAccountAsync("vera", Role.Viewer);
        for (var number = 0; number < 120; number++)
            await Api.Ledger.AppendAsync(CreateRecord(number));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await Api.DisposeAsync();
    }

    /// <summary>Opens a browser without script.</summary>
    public PageClient CreateClient() => new(Api.Address);

    /// <summary>Returns the browser without script in which a person is signed in: each signs in only once.</summary>
    public async Task<PageClient> SignInAsync(string username)
    {
        if (_clients.TryGetValue(username, out var known))
            return known;
        var client = _clients[username] = CreateClient();
        await client.SignInAsync(username, ApiHost.Password);
        return client;
    }

    private static UsageRecord CreateRecord(int number)
    {
        var isPriced = number % 10 != 3;
        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(), 1),
            StartedAt = TimeProvider.System.GetUtcNow().AddHours(-number),
            Duration = TimeSpan.FromMilliseconds(400 + number),
            Provider = "openai",
            Model = number % 3 == 0 ? "gpt-4o" : number % 3 == 1 ? "gpt-4o-mini" : Script,
            Operation = "chat",
            Attribution = new Attribution { User = number % 2 == 0 ? "otto" : Script, Project = "search" },
            Usage = new TokenUsage
            {
                [UsageKind.InputText] = 100 + number,
                [UsageKind.OutputText] = 10,
                [UsageKind.Request] = 1,
            },
            UsageSource = UsageSource.Reported,
            Cost = isPriced ? Money.Round(0.000123456789m * (number + 1)) : null,
            CostSource = isPriced ? "test" : null,
            Outcome = number % 20 == 7 ? CallOutcome.ProviderError : CallOutcome.Completed,
            StatusCode = number % 20 == 7 ? 500 : 200,
            ErrorType = number % 20 == 7 ? "server_error" : null,
        };
    }
}
