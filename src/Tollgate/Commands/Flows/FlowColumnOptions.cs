using System.CommandLine;
using System.CommandLine.Parsing;
using Tollgate.Analytics.Flows;

namespace Tollgate.Commands.Flows;

/// <summary>The options that say how a file is laid out.</summary>
internal sealed class FlowColumnOptions
{
    private static readonly string[] Known = ["created_at", "finished_at", "tokens_in", "tokens_out", "type", "region", "org_id", "user_id", "status"];

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description = "What columns are called in the file, such as created_at=start,tokens_in=prompt.", HelpName = "NAME=COLUMN,…", AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _delimiter = new("--delimiter") { Description = "What separates fields: one character, or 'tab'.", HelpName = "CHAR", DefaultValueFactory = static _ => "," };

    public FlowColumnOptions()
    {
        _columns.Validators.Add(Check);
        _delimiter.Validators.Add(static result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (text is not ("tab" or "\\t") && (text?.Length != 1 || text[0] is '"' or '\n' or '\r' or > '\x7f' || char.IsAsciiDigit(text[0])))
                result.AddError($"--delimiter '{text}' is not one ASCII character that can separate fields; a tab is written 'tab'.");
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_columns);
        command.Add(_delimiter);
    }

    /// <summary>The file's layout, and how a column is called there.</summary>
    public FileLayout Read(ParseResult parsed)
    {
        var names = Pairs(parsed.GetValue(_columns)).ToDictionary(static pair => pair.Name, static pair => pair.Column, StringComparer.OrdinalIgnoreCase);
        var delimiter = parsed.GetValue(_delimiter)!;
        return new FileLayout(names, delimiter is "tab" or "\\t" ? '\t' : delimiter[0]);
    }

    private static IEnumerable<(string Name, string Column)> Pairs(string[]? values) =>
        from value in values ?? []
        from pair in value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let cut = pair.IndexOf('=', StringComparison.Ordinal)
        select cut < 0 ? (pair, "") : (pair[..cut].Trim(), pair[(cut + 1)..].Trim());

    private static void Check(OptionResult result)
    {
        foreach (var (name, column) in Pairs(result.GetValueOrDefault<string[]>()))
        {
            if (column.Length == 0) result.AddError($"--columns '{name}' names no column: write {name}=COLUMN.");
            else if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase)) result.AddError($"--columns '{name}' is not a column that is read. Those are {string.Join(", ", Known)}.");
        }
    }

    /// <param name="Names">The file's names for ours.</param>
    /// <param name="Delimiter">What separates fields.</param>
    internal sealed record FileLayout(IReadOnlyDictionary<string, string> Names, char Delimiter)
    {
        public string this[string name] => Names.GetValueOrDefault(name, name);

        public FlowColumns Columns(string? group) => new()
        {
            CreatedAt = this["created_at"],
            FinishedAt = this["finished_at"],
            TokensIn = this["tokens_in"],
            TokensOut = this["tokens_out"],
            Group = group is null ? null : this[group],
        };
    }
}
