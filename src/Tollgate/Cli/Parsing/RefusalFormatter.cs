using System.CommandLine;
using Tollgate.Cli.Rendering;
using Tollgate.Operations;

namespace Tollgate.Cli.Parsing;

/// <summary>
/// Formats the refusal of a use case for the command line: it calls a field by its option, and names the command that
/// shows what is allowed.
/// </summary>
internal static class RefusalFormatter
{
    /// <summary>Returns the message in one line, with a hint if there is one.</summary>
    public static string Format(OperationException refused, Command command)
    {
        var message = ResultTable.Printable(refused.Message.ReplaceLineEndings(" "));
        if (refused.Field is { } field && FindOption(command, field) is { } option)
            message = message.StartsWith(field, StringComparison.Ordinal)
                ? option.Name + message[field.Length..]
                : $"{message} See {option.Name}.";
        return refused.Resource is { } resource ? $"{message} {FormatHint(resource)}" : message;
    }

    private static string FormatHint(string resource) =>
        resource switch
        {
            "scenarios" => "'tollgate simulate example' prints a scenario.",
            "simulation-results" => "'tollgate simulate run SCENARIO --format json' prints one.",
            "schemas" => "See 'tollgate db status'.",
            _ => $"See 'tollgate {resource} list'.",
        };

    private static Option? FindOption(Command command, string field) =>
        command.Options.FirstOrDefault(option =>
            option.Name == "--" + field.Replace('_', '-')
            || string.Equals(option.HelpName, field, StringComparison.OrdinalIgnoreCase)
        );
}
