using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Transcripts;

/// <summary>The options by which rows of the audit log are chosen.</summary>
internal sealed class AuditSelectionOptions
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "From this day or moment on (UTC where no zone is given).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "Up to this day, which is included, or before this moment.",
        HelpName = "DATE",
    };
    private readonly Option<string?> _key = new("--key") { Description = "Only those of this virtual key, by its id." };
    private readonly Option<string?> _user = new("--user") { Description = "Only those of this user." };
    private readonly Option<int> _count = new("-n")
    {
        Description = "How many at the most.",
        DefaultValueFactory = static _ => 100,
        HelpName = "COUNT",
    };

    public AuditSelectionOptions()
    {
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
        _count.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var asked) && asked < 1)
                result.AddError($"-n takes a number from 1 on, not {asked}.");
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _to, _key, _user, _count })
            command.Add(option);
    }

    public AuditSelection Read(ParseResult parsed) =>
        new()
        {
            Period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to)),
            KeyId = parsed.GetValue(_key),
            User = parsed.GetValue(_user),
            Limit = parsed.GetValue(_count),
        };
}
