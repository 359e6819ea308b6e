using System.CommandLine;
using Tollgate.Analytics.Flows.Generation;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Flows;

/// <summary><c>tollgate flows generate</c>: writes a sample file for the analysis.</summary>
internal static class GenerateFlowsCommand
{
    public static Command Create()
    {
        var rows = new Option<long>("--rows")
        {
            Description = "The number of flows.",
            HelpName = "N",
            DefaultValueFactory = static _ => 10_000,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "The same seed gives the same file.",
            HelpName = "S",
            DefaultValueFactory = static _ => 1,
        };
        var file = new Option<string?>("--out", "-o")
        {
            Description = "The file to write; default, or -: standard output.",
            HelpName = "FILE",
        };
        rows.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && (!long.TryParse(result.Tokens[0].Value, out var count) || count < 0))
                result.AddError("--rows must be a whole number of at least 0.");
        });
        var command = new Command("generate", "Write synthetic flows that resemble real ones.") { rows, seed, file };
        command.SetAction(parsed =>
        {
            using var output = parsed.GetValue(file) is { } path and not "-"
                ? File.Create(path)
                : Console.OpenStandardOutput();
            new FlowGenerator(parsed.GetValue(seed)).Write(output, parsed.GetValue(rows));
            return ExitCodes.Success;
        });
        return command;
    }
}
