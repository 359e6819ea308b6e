using System.Diagnostics;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;

namespace Tollgate.Gateway.Bench;

/// <summary>
/// The peers of the benchmark, all in front of one provider. Ports are fixed, because nginx's files contain them.
/// </summary>
/// <param name="builds">The folder with the built programs.</param>
/// <param name="sources">The folder with the peers' configuration.</param>
/// <param name="folder">The run's own folder.</param>
/// <param name="baseline">The folder of another build of Tollgate to measure as well, or null.</param>
internal sealed class Setup(string builds, string sources, string folder, string? baseline)
{
    private const int ProviderPort = 19400;
    private const string ProviderUrl = "http://127.0.0.1:19400";

    /// <summary>
    /// The runtime settings in src/Tollgate/Tollgate.csproj: one heap, and workers that sleep instead of spinning for
    /// work.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string> TollgatesRuntime = new Dictionary<string, string>
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
    };

    private string? _virtualKey;
    private string? _unflushedKey;
    private string? _baselineKey;

    private string Program => Path.Combine(builds, "tollgate");

    private string UnflushedFolder => Path.Combine(folder, "unflushed");

    private string BaselineFolder => Path.Combine(folder, "baseline");

    /// <summary>Creates the run's folder, with the responses, and a ledger with a key.</summary>
    public async Task PrepareAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "answers"));
        foreach (var answer in Directory.GetFiles(Path.Combine(sources, "nginx"), "answer.*"))
            File.Copy(answer, Path.Combine(folder, "answers", Path.GetFileName(answer)));
        var keys = await VirtualKeys.OpenAsync(new LedgerOptions { DataFolder = folder });
        _virtualKey = (
            await keys.CreateAsync(
                new NewVirtualKey
                {
                    Name = "bench",
                    User = "ada",
                    Project = "bench",
                }
            )
        ).Secret;
        _unflushedKey = await CreateKeyAsync(Program, UnflushedFolder);
        if (baseline is not null)
            _baselineKey = await CreateKeyAsync(baseline, BaselineFolder);
    }

    public Peer Provider() => NginxPeer("provider", ProviderPort, "upstream.conf");

    public Peer[] Peers()
    {
        Peer[] peers =
        [
            NginxPeer(Peer.Nginx, 19401, "proxy.conf"),
            BarePeer(Peer.Bare, 19402),
            BarePeer(Peer.TunedBare, 19405) with
            {
                Program = "chrt",
                Arguments = ["--batch", "0", "dotnet", .. BareArguments(19405)],
                Environment = TollgatesRuntime,
            },
            TollgatePeer(Peer.Tollgate, 19403, Program, folder, _virtualKey),
            TollgatePeer(Peer.Unflushed, 19407, Program, UnflushedFolder, _unflushedKey, "process"),
            PortkeyPeer(),
        ];
        return baseline is null
            ? peers
            : [.. peers, TollgatePeer(Peer.Baseline, 19406, baseline, BaselineFolder, _baselineKey)];
    }

    /// <summary>Creates a key with the other build itself, since it cannot open a newer ledger.</summary>
    private static async Task<string> CreateKeyAsync(string program, string data)
    {
        var command = CommandOf(program);
        string[] arguments =
        [
            .. command[1..],
            .. (string[])["keys", "create", "--name", "bench", "--user", "ada", "--project", "bench"],
            .. (string[])["--data", data],
        ];
        var start = new ProcessStartInfo(command[0], arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n').FirstOrDefault(static line => line.StartsWith("tg-", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{program} did not create a key: {output}");
    }

    /// <summary>How to start a published build: natively, or by the .NET runtime.</summary>
    private static string[] CommandOf(string program) =>
        Path.Combine(program, "tollgate.dll") is var managed && File.Exists(managed)
            ? ["dotnet", managed]
            : [Path.Combine(program, "tollgate")];

    private static Peer TollgatePeer(
        string name,
        int port,
        string program,
        string data,
        string? key,
        string durability = "strict"
    )
    {
        var command = CommandOf(program);
        return new(
            name,
            port,
            command[0],
            [.. command[1..], "serve", "--data", data, "--urls", $"http://127.0.0.1:{port}"]
        )
        {
            Environment = new Dictionary<string, string>
            {
                ["OPENAI_API_KEY"] = "sk-bench",
                ["OPENAI_BASE_URL"] = ProviderUrl + "/v1",
                ["TOLLGATE_LEDGER_DURABILITY"] = durability,
            },
            Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        };
    }

    private Peer PortkeyPeer() =>
        new(
            Peer.Portkey,
            19404,
            "node",
            [
                Path.Combine(builds, "portkey/node_modules/@portkey-ai/gateway/build/start-server.js"),
                "--port=19404",
                "--headless",
            ]
        )
        {
            Environment = new Dictionary<string, string> { ["NODE_ENV"] = "production" },
            Headers = new Dictionary<string, string>
            {
                ["Authorization"] = "Bearer sk-bench",
                ["x-portkey-provider"] = "openai",
                ["x-portkey-custom-host"] = ProviderUrl + "/v1",
                ["x-portkey-forward-headers"] = "x-bench-answer",
            },
        };

    private Peer BarePeer(string name, int port) => new(name, port, "dotnet", BareArguments(port));

    private string[] BareArguments(int port) =>
        [Path.Combine(builds, "bare", "bare-forwarder.dll"), $"http://127.0.0.1:{port}", ProviderUrl];

    private Peer NginxPeer(string name, int port, string file) =>
        new(name, port, "nginx", ["-p", folder, "-c", Path.Combine(sources, "nginx", file), "-g", "daemon off;"]);
}
