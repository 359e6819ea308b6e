using System.Globalization;
using Tollgate.Accounting.Transcripts;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Endpoints.Refusals;

/// <summary>The last refusal of a page.</summary>
/// <param name="Time">Its time.</param>
/// <param name="Id">Its identity.</param>
internal readonly record struct RefusalCursor(DateTimeOffset Time, Guid Id)
{
    /// <summary>Reads a cursor; null if there is none.</summary>
    /// <exception cref="ProblemException">It was not returned by this list.</exception>
    public static RefusalCursor? Parse(string? text)
    {
        if (text is null)
            return null;
        var parts = text.Split('.');
        if (
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerMicrosecond
            && Guid.TryParseExact(parts[1], "N", out var id)
        )
            return new RefusalCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        throw ProblemException.Invalid(
            new ProblemError
            {
                Parameter = RefusalRoutes.Before.Name,
                Code = "invalid_value",
                Message = "before must be the page.next of an earlier page. Start again without it.",
            }
        );
    }

    /// <summary>Formats the cursor after a refusal.</summary>
    public static string Format(DenialEntry last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.Time.UtcTicks}.{last.Id:N}");
}
