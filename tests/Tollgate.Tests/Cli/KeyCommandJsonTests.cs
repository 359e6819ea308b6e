using System.Text.Json;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary>The records that commands on keys and limits print for scripts.</summary>
public sealed class KeyCommandJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_created_key_is_a_record_with_its_secret()
    {
        var created = await RunAsync("keys", "create", "--name", "ci", "--user", "ada", "--rpm-limit", "60");

        var key = created.GetProperty("key");
        (key.GetProperty("name").GetString(), key.GetProperty("user").GetString()).ShouldBe(("ci", "ada"));
        var secret = created.GetProperty("secret").GetString()!;
        secret.ShouldStartWith(key.GetProperty("prefix").GetString()!);
        created.GetProperty("old_secret_works_until").ValueKind.ShouldBe(JsonValueKind.Null);

        var id = key.GetProperty("id").GetString()!;
        var rotated = await RunAsync("keys", "rotate", id, "--grace", "24h");
        rotated.GetProperty("secret").GetString().ShouldNotBe(secret);
        rotated.GetProperty("old_secret_works_until").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
        (await RunAsync("keys", "update", id, "--rpm-limit", "none")).GetProperty("id").GetString().ShouldBe(id);
        (await RunAsync("keys", "revoke", id)).GetProperty("status").GetString().ShouldBe("revoked");
    }

    [Fact]
    public async Task Set_imported_and_reset_limits_are_records()
    {
        var set = (await RunAsync("limits", "set", "--user", "ada", "daily_cost=12.50"))[0];
        set.GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
        set.GetProperty("after").GetProperty("amount").GetDecimal().ShouldBe(12.5m);

        var file = _folder.File("limits.yaml");
        await File.WriteAllTextAsync(file, "global: {daily_tokens: 5}");
        var import = (await RunAsync("limits", "import", file))[0];
        import.GetProperty("owner").GetString().ShouldBe(file);
        import.GetProperty("set")[0].GetProperty("amount").GetInt64().ShouldBe(5);

        (
            await CommandRun.RunProgramAsync([
                "track",
                "--model",
                "gpt-4o",
                "--prompt-tokens",
                "2",
                "--data",
                _folder.Path,
            ])
        ).ShouldSucceed();
        var reset = (await RunAsync("limits", "reset", "--global", "-y"))[0];
        reset.GetProperty("used").GetInt64().ShouldBe(2);
        (await RunAsync("limits", "release")).GetArrayLength().ShouldBe(0);
    }

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var run = await CommandRun.RunProgramAsync([.. arguments, "--format", "json", "--data", _folder.Path]);
        return JsonDocument.Parse(run.ShouldSucceed()).RootElement;
    }
}
