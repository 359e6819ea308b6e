using System.CommandLine;
using System.CommandLine.Parsing;
using Tollgate.Analytics.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>The options for the layout of a file, and the selection of its rows.</summary>
internal sealed class FlowFileOptions
{
    private static readonly string[] Known =
    [
        "created_at",
        "finished_at",
        "tokens_in",
        "tokens_out",
        "type",
        "region",
        "org_id",
        "user_id",
        "status",
    ];

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description = "The names of columns in the file, such as created_at=start,tokens_in=prompt.",
        HelpName = "NAME=COLUMN,…",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _delimiter = new("--delimiter")
    {
        Description = "The field separator: one character, or 'tab'.",
        HelpName = "CHAR",
        DefaultValueFactory = static _ => ",",
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "The grouping of flows.",
        DefaultValueFactory = static _ => "type",
    };
    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Include only flows with this text in a column, such as status=SUCCESS.",
        HelpName = "COLUMN=TEXT",
    };
    private readonly Option<bool> _strict = new("--strict") { Description = "Stop at the first invalid row." };

    public FlowFileOptions()
    {
        _by.AcceptOnlyFromAmong("type", "region", "org_id", "user_id", "status", "none");
        _where.Validators.Add(static result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
                if (text.IndexOf('=', StringComparison.Ordinal) <= 0)
                    result.AddError($"--where '{text}' is not COLUMN=TEXT, such as status=SUCCESS.");
        });
        _columns.Validators.Add(Check);
        _delimiter.Validators.Add(static result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (
                text is not ("tab" or "\\t")
                && (text?.Length != 1 || text[0] is '"' or '\n' or '\r' or > '\x7f' || char.IsAsciiDigit(text[0]))
            )
                result.AddError(
                    $"--delimiter '{text}' is not one ASCII character that can separate fields; a tab is written 'tab'."
                );
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_columns, _delimiter, _by, _where, _strict])
            command.Add(option);
    }

    /// <summary>The analysis options for a file.</summary>
    public FlowOptions Read(ParseResult parsed, FlowOptions question)
    {
        var names = Pairs(parsed.GetValue(_columns))
            .ToDictionary(static pair => pair.Name, static pair => pair.Column, StringComparer.OrdinalIgnoreCase);
        var (by, delimiter) = (parsed.GetValue(_by)!, parsed.GetValue(_delimiter)!);
        return question with
        {
            Columns = new FlowColumns
            {
                CreatedAt = Column("created_at"),
                FinishedAt = Column("finished_at"),
                TokensIn = Column("tokens_in"),
                TokensOut = Column("tokens_out"),
                Group = by == "none" ? null : Column(by),
            },
            Where = [.. (parsed.GetValue(_where) ?? []).Select(Filter)],
            Delimiter = delimiter is "tab" or "\\t" ? '\t' : delimiter[0],
            Strict = parsed.GetValue(_strict),
        };

        string Column(string name) => names.GetValueOrDefault(name, name);

        FlowFilter Filter(string text)
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            return new FlowFilter(Column(text[..cut].Trim()), text[(cut + 1)..]);
        }
    }

    private static IEnumerable<(string Name, string Column)> Pairs(string[]? values) =>
        from value in values ?? []
        from pair in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let cut = pair.IndexOf('=', StringComparison.Ordinal)
        select cut < 0 ? (pair, "") : (pair[..cut].Trim(), pair[(cut + 1)..].Trim());

    private static void Check(OptionResult result)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, column) in Pairs(result.GetValueOrDefault<string[]>()))
        {
            if (!seen.Add(name))
                result.AddError($"--columns names '{name}' twice.");
            if (column.Length == 0)
                result.AddError($"--columns '{name}' does not name a column: write {name}=COLUMN.");
            else if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
                result.AddError(
                    $"--columns '{name}' is not a known column. Known columns: {string.Join(", ", Known)}."
                );
        }
    }
}
