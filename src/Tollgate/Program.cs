using System.CommandLine;
using Tollgate.Commands;
using Tollgate.Hosting;

var root = new RootCommand("Tollgate stands between applications and LLM providers: it counts, prices, caps and records every call.")
{
    ServeCommand.Create(),
    UpstreamCommand.Create(),
    PricesCommand.Create(DataFolder.Resolve, TimeProvider.System),
};

var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.WrongUsage : exitCode;
