using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Delivery.Pdf;
using Tollgate.Operations.Reports;

namespace Tollgate.Cli.Reports;

/// <summary>
/// <c>tollgate report</c>: writes a period's usage as a PDF file, for readers who do not use a terminal.
/// </summary>
internal sealed class ReportCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day or time, such as 2026-11-01 (UTC).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last day (inclusive) or the end time (exclusive).",
        HelpName = "DATE",
    };
    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The file to write.",
        HelpName = "FILE",
        DefaultValueFactory = static _ => "tollgate-report.pdf",
    };
    private readonly Option<string?> _data = CommonOptions.Data();

    private ReportCommand(TimeProvider time)
    {
        _time = time;
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create(TimeProvider time)
    {
        var report = new ReportCommand(time);
        var command = new Command("report", "Write a usage report of a period as a PDF file.")
        {
            report._from,
            report._to,
            report._out,
            report._data,
        };
        command.SetAction(report.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var report = await new ReportOperations(workspace, UsageReach.Everything).ReadAsync(period, cancellationToken);
        var path = Path.GetFullPath(parsed.GetValue(_out)!);
        await using (var file = File.Create(path))
            ReportDocument.Write(report, file);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(path);
        return ExitCodes.Success;
    }
}
