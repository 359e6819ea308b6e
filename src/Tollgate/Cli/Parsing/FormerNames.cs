using System.CommandLine;

namespace Tollgate.Cli.Parsing;

/// <summary>Commands under the names that they had in earlier versions.</summary>
internal static class FormerNames
{
    /// <summary>Hides a command from help and completion; scripts can still invoke it.</summary>
    public static Command AsFormerName(this Command command)
    {
        command.Hidden = true;
        return command;
    }
}
