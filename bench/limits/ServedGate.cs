using System.Diagnostics;

namespace Tollgate.Limits.Bench;

/// <summary>A gateway started by <c>tollgate serve</c>, in a folder of its own.</summary>
internal sealed class ServedGate : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServedGate(Process process, string folder, Uri address)
    {
        (_process, _folder) = (process, folder);
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Client { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServedGate> StartAsync(string url, Uri provider, string[] limits)
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-bench-").FullName;
        var file = Path.Combine(folder, "tollgate.yaml");
        await File.WriteAllTextAsync(file, Configuration(url, provider, limits));
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "tollgate.dll"),
            "serve",
            "--urls",
            "http://127.0.0.1:0",
            "--data",
            folder,
            "--config",
            file,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        // Otherwise, a busy machine measures the compiler for minutes.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        var process = Process.Start(start)!;
        const string Serves = "Tollgate is listening on ";
        string? line;
        do line =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The gateway did not start.");
        while (!line.StartsWith(Serves, StringComparison.Ordinal));
        // Keep reading, so that it never blocks on its output.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return new ServedGate(process, folder, new Uri(line[Serves.Length..].Split([',', ' '])[0]));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(string url, Uri provider, string[] limits) =>
        $$"""
            ledger: {database: "{{url}}"}
            routing: {retries: 0}
            providers:
              openai: {base_url: {{provider}}v1, api_key: simulated}
            limits: [{{string.Join(", ", limits)}}]
            """;
}
