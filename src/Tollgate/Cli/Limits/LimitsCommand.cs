using System.CommandLine;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits …</c>: manages limits on requests, tokens and spend.</summary>
internal static class LimitsCommand
{
    public static Command Create(TimeProvider time) =>
        new("limits", "Set, list, check, delete and reset limits.")
        {
            new SetLimitsCommand(time).Create(),
            ListLimitsCommand.Create(time),
            ShowLimitCommand.Create(time),
            new CheckLimitsCommand(time).Create(),
            DeleteLimitCommand.Create(time),
            new ResetLimitsCommand(time).Create(),
            ReleaseLeasesCommand.Create(time),
            ReleaseLeasesCommand.Create(time, "reclaim").AsFormerName(),
            ImportLimitsCommand.Create(time),
        };
}
