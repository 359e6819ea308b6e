using System.Text;

namespace Tollgate.Analytics.Flows.Csv;

/// <summary>Where a file has what is needed.</summary>
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
                $"'{file}' has the column '{name}' more than once. Rename one in its first line."
            );
        }
    }

    /// <summary>The file's place among the sources.</summary>
    public int Source { get; }

    /// <summary>All names of the header.</summary>
    public string[] Names { get; }

    public int CreatedAt { get; }

    public int FinishedAt { get; }

    public int TokensIn { get; }

    public int TokensOut { get; }

    /// <summary>Null where all flows are one group.</summary>
    public int? Group { get; }

    /// <summary>What a row must have to be counted.</summary>
    public (int Column, byte[] Value)[] Filters { get; }

    /// <exception cref="FlowFileException">A needed column is not there, or there twice.</exception>
    public static FlowLayout Of(int source, string file, ReadOnlySpan<byte> header, FlowOptions options)
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
            return $"{message} If one of these is it under another name, say so: --columns {name}=NAME.";
        char[] others = [',', ';', '\t', '|'];
        var other = Array.Find(others, candidate => candidate != delimiter && found[0].Contains(candidate));
        return other == default
            ? message
            : $"{message} Its fields seem to be separated by "
                + $"{(other == '\t' ? "tabs: --delimiter tab" : $"'{other}': --delimiter '{other}'")}.";
    }
}
