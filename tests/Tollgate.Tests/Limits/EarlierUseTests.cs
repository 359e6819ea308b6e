using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Limits;

/// <summary>
/// Limits on MySQL are counted in the data folder, and what their window has used before is on the server.
/// </summary>
[Trait("Needs", "Server")]
public sealed class EarlierUseTests(SharedMySqlServer shared) : IClassFixture<SharedMySqlServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new(),
        _next = new();

    public void Dispose()
    {
        _folder.Dispose();
        _next.Dispose();
    }

    [Fact]
    public async Task A_limit_that_is_set_in_its_window_counts_what_was_used_before_also_in_another_data_folder()
    {
        var url = await shared.CreateDatabaseUrlAsync();
        for (var call = 0; call < 3; call++)
            await RunAsync(
                _folder,
                url,
                "track",
                "--model",
                "gpt-4",
                "--prompt-tokens",
                "5",
                "--cost",
                "0.5",
                "--username",
                "ann"
            );

        (
            await RunAsync(_folder, url, "limits", "set", "--user", "ann", "yearly_requests=10", "total_cost=100")
        ).ShouldContain("Set requests_per_year:user=ann to 10. 3 of it is already used.");
        await RunAsync(
            _folder,
            url,
            "track",
            "--model",
            "gpt-4",
            "--prompt-tokens",
            "5",
            "--cost",
            "0.5",
            "--username",
            "ann"
        );
        (await RunAsync(_folder, url, "limits", "check", "--user", "ann")).ShouldContain("4 used");
        (await RunAsync(_folder, url, "limits", "set", "--user", "ann", "yearly_requests=20")).ShouldBe(
            "Set requests_per_year:user=ann to 20 (was 10).",
            "it is counted once"
        );

        // A gate in a folder that is new knows the limit from the server, and within a second what it has used.
        using var gate = GatewayProcess.Serve(_next.Path, ("DATABASE_URL", url));
        await gate.Address;
        await Eventually.BecomesTrueAsync(async () =>
            (await RunAsync(_next, url, "limits", "check", "--user", "ann")).Contains("4 used")
        );
    }

    private static async Task<string> RunAsync(TemporaryFolder folder, string url, params string[] arguments) =>
        (await GatewayProcess.RunAsync([.. arguments, "--data", folder.Path], ("DATABASE_URL", url))).ShouldSucceed();
}
