using System.Globalization;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Parameters;

/// <summary>An instant (RFC 3339 with its offset), null if it is absent.</summary>
internal sealed class TimeParameter(string name, string description) : ApiParameter<DateTimeOffset?>(name, description)
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <inheritdoc/>
    public override ParameterSchema Schema => new("string") { Format = "date-time" };

    /// <inheritdoc/>
    public override object? Read(QueryParameters query, List<ProblemError> errors)
    {
        if (query.GetSingle(Name, errors) is not { } text)
            return null;
        if (TryParse(text, out var time))
            return time;
        errors.Add(CreateError(text, "an instant with its offset, such as 2026-11-01T00:00:00Z"));
        return null;
    }

    /// <summary>Parses an instant; without an offset it would mean another time on each server.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var hasOffset = text.EndsWith('Z') || (text.Length > 19 && text.AsSpan(16).IndexOfAny('+', '-') >= 0);
        return hasOffset
            && DateTimeOffset.TryParseExact(
                text,
                Formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out time
            );
    }
}
