using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Simulations;

/// <summary>The options that select a period of a ledger.</summary>
internal sealed class PeriodOptions
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day or time of the ledger, such as 2026-11-01 (UTC).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last day (inclusive) or the end time (exclusive).",
        HelpName = "DATE",
    };

    public PeriodOptions()
    {
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public Option<string?> Data { get; } = CommonOptions.Data();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_from, _to, Data])
            command.Add(option);
    }

    /// <exception cref="UsageException">It ends before it begins.</exception>
    public UsagePeriod Read(ParseResult parsed) => Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
}
