using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration;
using Tollgate.Configuration.Reference;

namespace Tollgate.Cli.Serving;

/// <summary><c>tollgate config check</c>, and the hidden <c>docs</c> that writes the reference.</summary>
internal static class ConfigCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="process">What the process was started with.</param>
    public static Command Create(Func<ConfigurationRequest> process) =>
        new("config", "Check the configuration.") { Check(process), Docs() };

    private static Command Check(Func<ConfigurationRequest> process)
    {
        var flags = new ConfigurationFlags();
        var command = new Command(
            "check",
            "Say what is wrong with the configuration, and which routes come out of it."
        );
        flags.AddTo(command);
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            var configuration = ConfigurationLoader.Load(flags.Read(result, process()));
            foreach (var problem in configuration.Problems)
                console.Error.WriteLine(problem);
            if (configuration.HasErrors)
                return ExitCodes.WrongUsage;
            RouteListing.Print(configuration, console.Output);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Docs()
    {
        var schema = new Option<bool>("--schema") { Description = "The JSON schema instead of the page." };
        var command = new Command("docs", "Write the reference of the configuration.") { schema };
        command.Hidden = true;
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Output.Write(
                result.GetValue(schema) ? SchemaFile.Write() : ReferencePage.Write()
            );
            return ExitCodes.Done;
        });
        return command;
    }
}
