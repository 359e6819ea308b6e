using Tollgate.Accounting.MySql.Tests;
using Tollgate.Hosting;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Testing;

namespace Tollgate.Tests.Limits;

/// <summary>Gates on MySQL, which keeps records and counts no limits.</summary>
public sealed class LoneFolderTests(MySqlServer server) : IClassFixture<MySqlServer>, IAsyncLifetime
{
    private readonly TemporaryFolder _here = new(), _there = new();
    private string _database = "";

    [Fact]
    public async Task A_second_data_folder_with_hard_limits_refuses_to_start_as_long_as_the_first_one_serves()
    {
        await using (await StartAsync(_here, LimitMode.Hard))
        {
            await using var sibling = await StartAsync(_here, LimitMode.Hard);
            var refusal = await Should.ThrowAsync<GateRefusedException>(() => StartAsync(_there, LimitMode.Hard));
            refusal.Message.ShouldStartWith("The limit 'requests_per_year' is hard, and gates of another data folder serve on this database");
            refusal.Message.ShouldContain(_here.Path);
            refusal.Message.ShouldContain("Use PostgreSQL");
        }

        await using var alone = await StartAsync(_there, LimitMode.Hard);
    }

    [Fact]
    public async Task Gates_whose_limits_only_warn_may_be_many()
    {
        await using var first = await StartAsync(_here, LimitMode.Soft);
        await using var second = await StartAsync(_there, LimitMode.Soft);
    }

    [Fact]
    public async Task A_gate_that_was_killed_blocks_nobody_for_ever()
    {
        await File.WriteAllTextAsync(Path.Combine(_here.Path, "tollgate.yaml"), "limits: [yearly_requests=10]\n");
        using (var killed = GateProcess.Start(
            ["serve", "--urls", "http://127.0.0.1:0", "--data", _here.Path, "--config", Path.Combine(_here.Path, "tollgate.yaml")],
            ("DATABASE_URL", server.UrlTo(_database))))
        {
            await killed.Address;
            killed.Kill();
        }

        await Should.ThrowAsync<GateRefusedException>(() => StartAsync(_there, LimitMode.Hard));
        // Instead of half a minute's wait.
        await server.ExecuteAsync(_database, "UPDATE limit_folders SET seen_at = seen_at - INTERVAL 31 SECOND");
        await using var next = await StartAsync(_there, LimitMode.Hard);
    }

    public async ValueTask InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync()
    {
        _here.Dispose();
        _there.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<GateHost> StartAsync(TemporaryFolder folder, LimitMode mode) => GateHost.StartAsync(
        new GateSettings
        {
            DataFolder = folder.Path,
            Database = server.UrlTo(_database),
            Urls = ["http://127.0.0.1:0"],
            Limits = [new LimitSource("tollgate.yaml", [LimitText.Parse("yearly_requests=10").For(LimitScope.Global) with { Mode = mode }])],
        },
        TimeProvider.System,
        default);
}
