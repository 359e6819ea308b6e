using System.Diagnostics;

namespace Tollgate.Limits.Bench;

/// <summary>A gate process of tests/Tollgate.GateVictim, in a folder of its own.</summary>
internal sealed class VictimGate : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private VictimGate(Process process, string folder, Uri address)
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

    public static async Task<VictimGate> StartAsync(string url, Uri provider, string[] limits)
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-bench-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tollgate.GateVictim.dll"), folder, url, provider.ToString(), .. limits])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0"; // As the program sets it.
        start.Environment["DOTNET_TieredCompilation"] = "0"; // Else a busy machine measures the compiler, for minutes.
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The gate did not start.");
        return new VictimGate(process, folder, new Uri(line.Split(' ')[^1]));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
