namespace Tollgate.Api.Parameters;

/// <summary>Finds the name that someone probably meant.</summary>
internal static class NearestName
{
    private const int MaxLength = 64;

    /// <summary>
    /// Returns the allowed name with the fewest changed characters, if at most a third of it differs; otherwise null.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> allowed)
    {
        if (name.Length > MaxLength)
            return null;
        var best = allowed
            .Select(candidate => (Name: candidate, Distance: CountChanges(name, candidate)))
            .OrderBy(static candidate => candidate.Distance)
            .FirstOrDefault();
        return best.Name is { } found && best.Distance <= Math.Max(1, found.Length / 3) ? found : null;
    }

    /// <summary>The Levenshtein distance, regardless of case.</summary>
    private static int CountChanges(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var isSame = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]);
                current[column] = Math.Min(
                    Math.Min(current[column - 1], previous[column]) + 1,
                    previous[column - 1] + (isSame ? 0 : 1)
                );
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
