using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Api.Tests.OneNumber.Reports;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Workspaces;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The program on a database, with a generated ledger of 16 months and senders of every reach.</summary>
public abstract class OneNumberLedger : IAsyncLifetime
{
    private const int CallCount = 2200;

    private readonly ApiHost _host = new();
    private Workspace? _workspace;

    /// <summary>The syntax of the database.</summary>
    public abstract SqlSyntax Syntax { get; }

    /// <summary>The address of the database; null for SQLite.</summary>
    public string? Url { get; private set; }

    public string DataFolder => _host.DataFolder;

    /// <summary>Sees everything.</summary>
    internal Reader Root { get; private set; } = null!;

    /// <summary>The other senders, with the records that each may see.</summary>
    internal IReadOnlyList<(string Name, Reader Reader, IReadOnlyList<UsageRecord> Records)> Limited
    {
        get;
        private set;
    } = [];

    /// <summary>A virtual key, with its records.</summary>
    internal (Reader Reader, IReadOnlyList<UsageRecord> Records) Key { get; private set; }

    /// <summary>All records.</summary>
    internal IReadOnlyList<UsageRecord> Records { get; private set; } = [];

    /// <summary>Routes with the spend of a key, a user, or a team, the way to it, and the records.</summary>
    internal IReadOnlyList<(string Path, string[] Members, Func<UsageRecord, bool> IsOwn)> Members
    {
        get;
        private set;
    } = [];

    /// <summary>The use cases on the same database.</summary>
    internal Workspace Workspace => _workspace!;

    public async ValueTask InitializeAsync()
    {
        Url = await CreateDatabaseAsync();
        GatewaySettings? settings = null;
        _host.Configure = defaults =>
            settings = defaults with
            {
                Database = Url,
                Identity = defaults.Identity with
                {
                    MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                },
            };
        await _host.StartAsync();
        await _host.SetUpAsync("root");
        var root = await _host.LogInAsync("root");
        Root = new Reader(_host.Client, root);
        _workspace = WorkspaceLocation.FromSettings(settings!, TimeProvider.System, NullLoggerFactory.Instance);
        await FillAsync(root);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_workspace is not null)
            await _workspace.DisposeAsync();
        await _host.DisposeAsync();
        await StopDatabaseAsync();
    }

    /// <summary>Removes the records before a time; their totals stay.</summary>
    public Task<long> PurgeAsync(DateTimeOffset before) => _host.Ledger.PurgeAsync(before);

    /// <summary>Starts a server with an empty database, and returns its address; null for SQLite.</summary>
    protected virtual Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);

    /// <summary>Stops the server.</summary>
    protected virtual ValueTask StopDatabaseAsync() => ValueTask.CompletedTask;

    private async Task FillAsync(string root)
    {
        var keys = new List<(string Id, string Secret)>();
        foreach (var team in (string?[])["alpha", "alpha", "beta", null])
            keys.Add(await CreateKeyAsync(root, team));
        Records = LedgerRecords.Create([.. keys.Select(static key => key.Id), null, null, "key_gone"], CallCount);
        await _host.Ledger.AppendAsync(Records);
        await CreateAccountAsync(root, """{"username": "mia", "role": "manager", "teams": ["alpha", "none"]""");
        await CreateAccountAsync(root, """{"username": "otto", "role": "user", "user": "ann" """);
        await CreateAccountAsync(root, """{"username": "vera", "role": "viewer" """);
        Limited =
        [
            ("manager", await LogInAsync("mia"), Select(record => record.Attribution.KeyId is { } id && IsAlpha(id))),
            ("user", await LogInAsync("otto"), Select(static record => record.Attribution.User == "ann")),
            ("viewer", await LogInAsync("vera"), Records),
        ];
        Key = (new Reader(_host.Client, keys[2].Secret), Select(record => record.Attribution.KeyId == keys[2].Id));
        await PostAsync(root, "/api/v1/users", """{"name": "ann"}""");
        Members =
        [
            .. keys.Select(static key =>
                (
                    $"/key/info?key={key.Id}",
                    (string[])["info", "spend"],
                    (Func<UsageRecord, bool>)(record => record.Attribution.KeyId == key.Id)
                )
            ),
            ("/user/info?user_id=ann", ["user_info", "spend"], static record => record.Attribution.User == "ann"),
            (
                "/team/info?team_id=alpha",
                ["team_info", "spend"],
                record => record.Attribution.KeyId is { } id && IsAlpha(id)
            ),
        ];
        // The records are on their way to the server, corrections last; the gateway finds a new key within a second.
        var expected = Reference.Sum(Records);
        await Eventually.BecomesTrueAsync(async () => !(await ReadTotalsAsync()).Compare(expected).Any());
        await Eventually.BecomesTrueAsync(async () =>
            (await _host.GetAsync("/api/v1/session", keys[2].Secret)).Status == HttpStatusCode.OK
        );

        bool IsAlpha(string id) => id == keys[0].Id || id == keys[1].Id;
    }

    private IReadOnlyList<UsageRecord> Select(Func<UsageRecord, bool> isVisible) => [.. Records.Where(isVisible)];

    private async Task<Figures> ReadTotalsAsync()
    {
        var body = await Root.GetAsync("/api/v1/summary?from=2024-01-01&to=2026-12-31");
        return SummaryReport.ReadTotals(body.GetProperty("totals"));
    }

    private async Task<Reader> LogInAsync(string username) => new(_host.Client, await _host.LogInAsync(username));

    private async Task<(string Id, string Secret)> CreateKeyAsync(string root, string? team)
    {
        var (status, body) = await _host.PostAsync(
            "/api/v1/keys",
            root,
            JsonSerializer.Serialize(new Dictionary<string, string?> { ["name"] = $"key of {team}", ["team"] = team })
        );
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return (body.GetProperty("key").GetProperty("id").GetString()!, body.GetProperty("secret").GetString()!);
    }

    private Task CreateAccountAsync(string root, string start) =>
        PostAsync(root, "/api/v1/accounts", $$"""{{start}}, "password": "{{ApiHost.Password}}"}""");

    private async Task PostAsync(string root, string path, string body)
    {
        var (status, response) = await _host.PostAsync(path, root, body);
        status.ShouldBe(HttpStatusCode.Created, response.ToString());
    }
}
