using System.CommandLine;
using Tollgate.Accounting;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration;
using Tollgate.Configuration.Settings;
using Tollgate.Hosting;

namespace Tollgate.Cli.Serving;

/// <summary><c>tollgate serve</c>: runs the gateway.</summary>
internal static class ServeCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="process">The arguments and environment of the process.</param>
    /// <param name="clock">The clock.</param>
    public static Command Create(Func<ConfigurationRequest> process, TimeProvider clock)
    {
        var flags = new ConfigurationFlags();
        var only = PartsOption.Create();
        var command = new Command("serve", "Run the gateway.") { only };
        flags.AddTo(command);
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var console = result.InvocationConfiguration;
                var configuration = ConfigurationLoader.Load(flags.Read(result, process()));
                foreach (var problem in configuration.Problems)
                    console.Error.WriteLine(problem);
                return configuration.HasErrors
                    ? ExitCodes.UsageError
                    : await ServeAsync(
                        configuration.Settings with
                        {
                            Parts = PartsOption.Read(result.GetValue(only)),
                        },
                        clock,
                        console,
                        cancellationToken
                    );
            }
        );
        return command;
    }

    private static async Task PrintSetupAsync(
        GatewayHost gateway,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await gateway.IssueSetupTokenAsync(cancellationToken) is { } token)
                await console.Output.WriteLineAsync(
                    "No account exists yet. Create the first one with 'tollgate accounts add NAME --admin', or, once "
                        + $"and within an hour, by POST to {gateway.Addresses[0]}api/v1/setup with the token {token}."
                );
        }
        catch (LedgerUnavailableException)
        {
            // The next start prints it.
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A stop during the start is a stop like any other.
        }
    }

    private static async Task<int> ServeAsync(
        GatewaySettings settings,
        TimeProvider clock,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        BatchScheduling.Apply();
        await using var gateway = await GatewayHost.StartAsync(settings, clock, cancellationToken);
        // Reading prices, configuration, and registry leaves garbage behind, which a gateway that waits for calls would
        // keep.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        console.Output.WriteLine($"Tollgate is listening on {string.Join(", ", gateway.Addresses)}");
        if (gateway.RegistryError is { } away)
            console.Error.WriteLine(
                $"warning: {away} Its last known state is used for 15 minutes; without one, every call returns 503 "
                    + "until it can be read."
            );
        if (gateway.IsOpen)
            console.Error.WriteLine(
                "warning: no virtual key exists, so every program on this machine may spend on your provider keys. "
                    + "Create one with 'tollgate keys create'."
            );
        await PrintSetupAsync(gateway, console, cancellationToken);
        await Shutdown.WaitAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
