using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration;
using Tollgate.Configuration.Reference;

namespace Tollgate.Cli.Serving;

/// <summary>
/// <c>tollgate config check</c>, and the hidden <c>config docs</c>, which writes the configuration reference.
/// </summary>
internal static class ConfigCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="process">The arguments and environment of the process.</param>
    public static Command Create(Func<ConfigurationRequest> process) =>
        new("config", "Check the configuration.") { Check(process), Docs() };

    private static Command Check(Func<ConfigurationRequest> process)
    {
        var flags = new ConfigurationFlags();
        var command = new Command("check", "Validate the configuration, and list the resulting routes.");
        flags.AddTo(command);
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            var configuration = ConfigurationLoader.Load(flags.Read(result, process()));
            foreach (var problem in configuration.Problems)
                console.Error.WriteLine(problem);
            if (configuration.HasErrors)
                return ExitCodes.UsageError;
            RoutePrinter.Print(configuration, console.Output);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Docs()
    {
        var schema = new Option<bool>("--schema") { Description = "Write the JSON schema instead of the page." };
        var command = new Command("docs", "Write the configuration reference.") { schema };
        command.Hidden = true;
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Output.Write(
                result.GetValue(schema) ? SchemaFile.Write() : ReferencePage.Write()
            );
            return ExitCodes.Success;
        });
        return command;
    }
}
