using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;

namespace Tollgate.Cli.Transcripts;

/// <summary>The options that select rows of the transcript log.</summary>
internal sealed class TranscriptSelectionOptions
{
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
    private readonly Option<string?> _key = new("--key")
    {
        Description = "Only entries of the virtual key with this id.",
    };
    private readonly Option<string?> _user = new("--user") { Description = "Only entries of this user." };
    private readonly Option<int> _count = new("-n")
    {
        Description = "The maximum number of entries.",
        DefaultValueFactory = static _ => 100,
        HelpName = "COUNT",
    };

    public TranscriptSelectionOptions()
    {
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _to, _key, _user, _count })
            command.Add(option);
    }

    public TranscriptSelection Read(ParseResult parsed) =>
        new()
        {
            Period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to)),
            KeyId = parsed.GetValue(_key),
            User = parsed.GetValue(_user),
            Limit = parsed.GetValue(_count),
        };
}
