using System.CommandLine;
using Tollgate.Cli.Rendering;
using Tollgate.Operations;

namespace Tollgate.Cli.Parsing;

/// <summary>Formats the refusal of a use case for the command line: it calls a field by its option.</summary>
internal static class RefusalFormatter
{
    /// <summary>Returns the message in one line, with the command that lists what is allowed.</summary>
    public static string Format(OperationException refused, Command command)
    {
        var hint = refused.Resource is { } list ? $" See 'tollgate {list} list'." : "";
        return ResultTable.Printable(NameOption(refused, command)) + hint;
    }

    private static string NameOption(OperationException refused, Command command) =>
        refused.Field is { } field
        && refused.Message.StartsWith(field, StringComparison.Ordinal)
        && command.Options.FirstOrDefault(option => IsOptionOf(option, field)) is { } named
            ? named.Name + refused.Message[field.Length..]
            : refused.Message;

    private static bool IsOptionOf(Option option, string field) =>
        option.Name == "--" + field.Replace('_', '-')
        || string.Equals(option.HelpName, field, StringComparison.OrdinalIgnoreCase);
}
