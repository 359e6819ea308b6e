using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Cli;

/// <summary><c>tollgate providers</c> and <c>tollgate secrets</c>, in processes of their own.</summary>
[Trait("Needs", "Process")]
public sealed class ProvidersCommandTests : IDisposable
{
    private const string Key = "sk-0123456789-abcdefghijkl";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stores_lists_replaces_and_removes_a_key_without_showing_it()
    {
        (await RunAsync(Key, "providers", "replace", "openai", "--key-stdin")).Error.ShouldContain("providers add");
        (await RunAsync(Key, "providers", "add", "openai", "--key-stdin")).ShouldSucceed().ShouldContain("sk-…ijkl");
        (await RunAsync(Key, "providers", "add", "openai", "--key-stdin")).Error.ShouldContain("providers replace");
        (await RunAsync(Key, "providers", "add", "opnai", "--key-stdin")).Error.ShouldContain("Did you mean 'openai'?");
        (await RunAsync("a b", "providers", "replace", "openai", "--key-stdin")).Error.ShouldContain("printable ASCII");

        var list = await RunAsync("", "providers", "list", "--format", "csv");
        list.ShouldSucceed().ShouldContain("openai,yes,registry,,sk-…ijkl,sk-…ijkl,https://api.openai.com/v1,");
        list.Output.ShouldContain("anthropic,no,none,ANTHROPIC_API_KEY,,,");
        list.Output.ShouldNotContain(Key);

        (await RunAsync("", "providers", "remove", "openai")).ShouldSucceed().ShouldNotContain(Key);
        (await RunAsync("", "providers", "remove", "openai")).ExitCode.ShouldBe(1);
        var trail = (await RunAsync("", "audit", "list", "--format", "json")).ShouldSucceed();
        trail.ShouldContain("provider_key.delete");
        trail.ShouldNotContain(Key);
    }

    [Fact]
    public async Task Rotates_the_master_key_after_which_the_former_one_is_not_needed()
    {
        await RunAsync(Key, "providers", "add", "openai", "--key-stdin");
        (await RunAsync("", "secrets", "rotate")).ExitCode.ShouldBe(2);
        var fresh = _folder.File("fresh.key");
        await File.WriteAllTextAsync(fresh, Convert.ToBase64String(new byte[32]));

        (await RunAsync("", "secrets", "rotate", "--new-key-file", fresh)).ShouldSucceed().ShouldContain("1 secrets");

        (await RunAsync("", "secrets", "list")).ExitCode.ShouldBe(1);
        File.Move(fresh, _folder.File("master.key"), overwrite: true);
        (await RunAsync("", "secrets", "list", "--format", "csv"))
            .Rows.ShouldHaveSingleItem()[0]
            .ShouldBe("provider_key");
        (await RunAsync("", "providers", "list", "--format", "csv"))
            .ShouldSucceed()
            .ShouldContain("openai,yes,registry,");
    }

    private Task<CommandRun> RunAsync(string input, params string[] arguments) =>
        GatewayProcess.RunWithInputAsync(input + "\n", [.. arguments, "--data", _folder.Path]);
}
