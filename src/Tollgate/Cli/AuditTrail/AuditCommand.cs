using System.CommandLine;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Json;

namespace Tollgate.Cli.AuditTrail;

/// <summary><c>tollgate audit list</c>: shows who changed what.</summary>
internal sealed class AuditCommand
{
    private static readonly string[] Titles = ["time", "actor", "action", "target", "before", "after"];

    private readonly TimeProvider _time;
    private readonly Option<string?> _from = new("--from")
    {
        Description = "From this day or time on (UTC unless a zone is given).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "Up to and including this day, or before this time.",
        HelpName = "DATE",
    };
    private readonly Option<string?> _action = new("--action")
    {
        Description = "Only this action, such as key.create or limit.set.",
    };
    private readonly Option<string?> _target = new("--target")
    {
        Description = "Only changes to the key, limit or other target with this id or name.",
    };
    private readonly Option<int> _count = CommonOptions.WholeNumber(
        "-n",
        "The maximum number of changes.",
        100,
        1,
        1_000_000
    );
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private AuditCommand(TimeProvider time)
    {
        _time = time;
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create(TimeProvider time)
    {
        var audit = new AuditCommand(time);
        var list = new Command("list", "List changes, newest first, with the state before and after as JSON.")
        {
            audit._from,
            audit._to,
            audit._action,
            audit._target,
            audit._count,
            audit._data,
            audit._format,
        };
        list.SetAction(audit.RunAsync);
        return new Command("audit", "Show who changed keys, limits, and recorded data.") { list };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var changes = await new AuditTrailOperations(workspace).ListAsync(
            new AuditTrailSelection
            {
                From = period.From,
                To = period.To,
                Action = parsed.GetValue(_action),
                Target = parsed.GetValue(_target),
                Limit = parsed.GetValue(_count),
            },
            cancellationToken
        );
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_format) == "json")
            JsonOutput.Write(output, changes, OperationsJson.Indented.IReadOnlyListRecordedChange);
        else
            new ResultTable(Titles, changes.Select(Row)) { Brief = ["time", "actor", "action", "target"] }.Print(
                output,
                parsed.GetRequiredValue(_format)
            );
        return ExitCodes.Success;
    }

    private static object?[] Row(RecordedChange change) =>
        [
            change.Time,
            change.Actor.ToString(),
            change.Action,
            change.Target,
            change.Before?.GetRawText(),
            change.After?.GetRawText(),
        ];
}
