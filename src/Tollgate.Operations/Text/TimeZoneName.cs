using System.Diagnostics.CodeAnalysis;

namespace Tollgate.Operations.Text;

/// <summary>Finds time zones by the names that senders of requests choose.</summary>
public static class TimeZoneName
{
    private const int MaxLength = 64;

    /// <summary>
    /// Finds a time zone by its IANA name. The runtime reads the file of that name, so a name that leads to any other
    /// file, such as <c>/dev/zero</c> or <c>../shadow</c>, must not reach it.
    /// </summary>
    /// <param name="name">The name, such as <c>Europe/Berlin</c>.</param>
    /// <param name="zone">The time zone.</param>
    public static bool TryFind(string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return name is { Length: > 0 and <= MaxLength }
            && char.IsAsciiLetter(name[0])
            && name.All(IsPart)
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    private static bool IsPart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+';
}
