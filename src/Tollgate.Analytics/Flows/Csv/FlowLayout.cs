using System.Text;

namespace Tollgate.Analytics.Flows.Csv;

/// <summary>The positions of the needed columns in a file.</summary>
internal sealed class FlowLayout
{
    private FlowLayout(int source, string[] names, FlowOptions options, string file)
    {
        (Source, Names) = (source, names);
        var columns = options.Columns;
        CreatedAt = Index(columns.CreatedAt);
        FinishedAt = Index(columns.FinishedAt);
        TokensIn = Index(columns.TokensIn);
        TokensOut = Index(columns.TokensOut);
        Group = columns.Group is { } group ? Index(group) : null;
        Filters = [.. options.Where.Select(filter => (Index(filter.Column), Encoding.UTF8.GetBytes(filter.Value)))];

        int Index(string name)
        {
            var index = Array.FindIndex(names, found => Same(found, name));
            if (index < 0)
                throw new FlowFileException(Missing(name, names, file, options.Delimiter));
            if (Array.FindLastIndex(names, found => Same(found, name)) == index)
                return index;
            throw new FlowFileException(
                $"'{file}' has more than one column named '{name}'. Rename one in its first line."
            );
        }
    }

    /// <summary>The index of the file among the sources.</summary>
    public int Source { get; }

    /// <summary>All names of the header.</summary>
    public string[] Names { get; }

    public int CreatedAt { get; }

    public int FinishedAt { get; }

    public int TokensIn { get; }

    public int TokensOut { get; }

    /// <summary>Null if all flows are one group.</summary>
    public int? Group { get; }

    /// <summary>The filters that a row must pass to be counted.</summary>
    public (int Column, byte[] Value)[] Filters { get; }

    /// <exception cref="FlowFileException">A needed column is missing or duplicated.</exception>
    public static FlowLayout FromHeader(int source, string file, ReadOnlySpan<byte> header, FlowOptions options)
    {
        var fields = new QuotedFields();
        fields.Read(header, (byte)options.Delimiter);
        var names = new string[fields.Count];
        for (var column = 0; column < names.Length; column++)
            names[column] = Encoding.UTF8.GetString(fields.Field(column)).Trim();
        return new FlowLayout(source, names, options, file);
    }

    private static bool Same(string left, string right) =>
        string.Equals(left, right.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Missing(string name, string[] found, string file, char delimiter)
    {
        var message =
            $"'{file}' has no column '{name}'. Found: "
            + $"{string.Join(", ", found.Take(50))}{(found.Length > 50 ? ", …" : "")}.";
        if (found.Length > 1)
            return $"{message} If it has another name, specify it: --columns {name}=NAME.";
        char[] others = [',', ';', '\t', '|'];
        var other = Array.Find(others, candidate => candidate != delimiter && found[0].Contains(candidate));
        return other == default
            ? message
            : $"{message} Its fields appear to be separated by "
                + $"{(other == '\t' ? "tabs: --delimiter tab" : $"'{other}': --delimiter '{other}'")}.";
    }
}
