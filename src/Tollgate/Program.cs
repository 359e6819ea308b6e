using System.CommandLine;
using Tollgate.Commands;
using Tollgate.Configuration;
using Tollgate.Hosting;

var root = new RootCommand("Tollgate stands between applications and LLM providers: it counts, prices, caps and records every call.")
{
    ServeCommand.Create(Process, TimeProvider.System),
    ConfigCommand.Create(Process),
    UpstreamCommand.Create(),
    PricesCommand.Create(DataFolder.Resolve, TimeProvider.System),
};

var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.WrongUsage : exitCode;

static ConfigurationRequest Process() => ConfigurationRequest.FromProcess(TimeProvider.System);
