using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Durability;

/// <summary>The gateway's process over disks that fail.</summary>
[Trait("Needs", "Process")]
public class DiskTests
{
    private const string Script = "input=10 output=5";

    [Fact]
    public async Task A_full_disk_stops_calls_before_they_cost_anything_and_the_gateway_recovers()
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "Only root can mount a small disk.");
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var gateway = Serve(disk.Path, provider);
        using var client = await gateway.ConnectAsync();
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);

        disk.Fill();
        while (await StatusAsync(client) == HttpStatusCode.OK) { }

        var paid = (await ProviderBill.ReadAsync(provider.BaseAddress)).Count;
        for (var i = 0; i < 20; i++)
        {
            using var refused = await client.ChatAsync(Script);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            (await refused.Content.ReadAsStringAsync()).ShouldContain("ledger_unavailable");
        }

        (await ProviderBill.ReadAsync(provider.BaseAddress)).Count.ShouldBe(paid);
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);

        disk.MakeRoom();
        await Eventually.BecomesTrueAsync(async () => await StatusAsync(client) == HttpStatusCode.OK);

        var bill = await ProviderBill.ReadAsync(provider.BaseAddress);
        var totals = await UsageLedger
            .OpenReadOnly(new LedgerOptions { DataFolder = disk.Path })
            .TotalsAsync(UsagePeriod.All);
        (totals.Calls, totals.Usage.TotalTokens).ShouldBe((bill.Count, bill.Sum(line => line.Total)));
        (await gateway.TerminateAsync()).ShouldBe(0, gateway.Output.ToString());
    }

    [Fact]
    public async Task A_damaged_database_is_reported_in_one_line_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var damaged = Encoding.ASCII.GetBytes(new string('x', 10_000));
        await File.WriteAllBytesAsync(folder.File(LedgerOptions.FileName), damaged);
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var gateway = Serve(folder.Path, provider);
        await gateway.WaitForExitAsync();

        gateway.ExitCode.ShouldBe(1);
        gateway.Output.ToString().ShouldContain("is not a SQLite database");
        gateway.Output.ToString().ShouldNotContain("   at ");
        (await File.ReadAllBytesAsync(folder.File(LedgerOptions.FileName))).ShouldBe(damaged);
    }

    [Fact]
    public async Task An_unwritable_data_folder_is_reported_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("taken"), "a file where the folder should be");
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var gateway = Serve(folder.File("taken"), provider);
        await gateway.WaitForExitAsync();

        gateway.ExitCode.ShouldBe(1);
        gateway.Output.ToString().ShouldContain("taken");
        gateway.Output.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Two_gateways_share_a_data_folder_and_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var one = Serve(folder.Path, provider);
        using var two = Serve(folder.Path, provider);
        using var clientOfOne = await one.ConnectAsync();
        using var clientOfTwo = await two.ConnectAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async i =>
                    (await StatusAsync(i % 2 == 0 ? clientOfOne : clientOfTwo)).ShouldBe(HttpStatusCode.OK)
                )
        );

        (
            await UsageLedger.OpenReadOnly(new LedgerOptions { DataFolder = folder.Path }).TotalsAsync(UsagePeriod.All)
        ).Calls.ShouldBe(200);
    }

    private static GatewayProcess Serve(string folder, SimulatedProviderServer provider) =>
        GatewayProcess.Serve(folder, ("OPENAI_API_KEY", "x"), ("OPENAI_BASE_URL", $"{provider.BaseAddress}v1"));

    private static Task<HttpStatusCode> StatusAsync(GatewayClient client) => client.ChatStatusAsync(Script);

    /// <summary>A file system of a few megabytes in memory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder.Path;

        private string Filling => _folder.File("filling");

        public static SmallDisk? TryMount()
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
                return null;
            var disk = new SmallDisk();
            return Run("mount", "-t", "tmpfs", "-o", "size=4m", "tollgate-test", disk.Path) ? disk : null;
        }

        /// <summary>Takes every block that is left.</summary>
        public void Fill()
        {
            using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                    file.Write(new byte[4096]);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void MakeRoom() => File.Delete(Filling);

        public void Dispose()
        {
            SqliteConnection.ClearAllPools();
            Run("umount", "-l", Path);
            _folder.Dispose();
        }

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
