using System.Text;

namespace Tollgate.Dashboard.Charts;

/// <summary>
/// The colors of names: a name has the same color on every page, by a digest of it. Where two names of one chart would
/// have the same color, the lower one takes the next that is free.
/// </summary>
public static class SeriesColors
{
    /// <summary>The color of what has no line of its own.</summary>
    public const string Other = "s-other";

    private const int Count = 10;

    /// <summary>Returns the classes of the colors of names, in the same order.</summary>
    public static IReadOnlyList<string> Assign(IReadOnlyList<string> names)
    {
        var taken = new HashSet<int>();
        var colors = new List<string>(names.Count);
        foreach (var name in names)
        {
            var color = Hash(name);
            for (var tries = 0; tries < Count && !taken.Add(color); tries++)
                color = (color + 1) % Count;
            colors.Add($"s-{color}");
        }

        return colors;
    }

    /// <summary>FNV-1a: the same in every process, unlike the hash code of a string.</summary>
    private static int Hash(string name)
    {
        var hash = 2166136261;
        foreach (var part in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ part) * 16777619;
        return (int)(hash % Count);
    }
}
