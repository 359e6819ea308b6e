namespace Tollgate.Metering;

/// <summary>Suggests the intended name for a mistyped one.</summary>
public static class NameSuggestion
{
    /// <summary>The name with the smallest edit distance; null if none is close.</summary>
    public static string? FindNearest(string name, IEnumerable<string> names)
    {
        var tolerated = name.Length < 4 ? 1 : Math.Max(2, name.Length / 3);
        return names
            .Select(candidate => (Name: candidate, Edits: GetEditDistance(name, candidate)))
            .Where(pair => pair.Edits <= tolerated)
            .OrderBy(static pair => pair.Edits)
            .Select(static pair => pair.Name)
            .FirstOrDefault();
    }

    /// <summary>The number of letters to insert, delete or replace (Levenshtein), ignoring case.</summary>
    private static int GetEditDistance(string from, string to)
    {
        // A long name is not close to any of ours; the table stays small.
        if (from.Length > 100)
            return int.MaxValue;
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced =
                    diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
