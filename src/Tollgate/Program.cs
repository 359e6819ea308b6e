using System.CommandLine;
using Tollgate.Commands;
using Tollgate.Configuration;
using Tollgate.Hosting;

var root = new RootCommand("Tollgate stands between applications and LLM providers: it counts, prices, caps and records every call.")
{
    ServeCommand.Create(Process, TimeProvider.System),
    ConfigCommand.Create(Process),
    DemoCommand.Create(),
    TailCommand.Create(),
    StatsCommand.Create(TimeProvider.System),
    KeysCommand.Create(TimeProvider.System),
    PricesCommand.Create(DataFolder.Resolve, TimeProvider.System),
    TokensCommand.Create(Console.OpenStandardInput),
    UpstreamCommand.Create(),
};

return await CommandLine.RunAsync(root, args);

static ConfigurationRequest Process() => ConfigurationRequest.FromProcess(TimeProvider.System);
