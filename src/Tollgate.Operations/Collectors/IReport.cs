using System.Text.Json;

namespace Tollgate.Operations.Collectors;

/// <summary>One report of one provider: how to request its pages, and how to read them.</summary>
internal interface IReport
{
    /// <summary>Its name in the cache and in messages: lower-case letters and underscores.</summary>
    string Name { get; }

    /// <summary>The maximum number of days per request.</summary>
    int MaxDaysPerRequest { get; }

    /// <summary>The address of a page, relative to the provider's; days in UTC, with an exclusive end.</summary>
    string Address(DateOnly from, DateOnly to, string? page);

    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">The data does not match the provider's reference.</exception>
    ReportPage Read(JsonElement page);

    /// <summary>The lines of one result; none if it is empty.</summary>
    /// <exception cref="FormatException">The data does not match the provider's reference.</exception>
    IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result);
}

/// <summary>A page of a report.</summary>
/// <param name="Days">The results by day, in the order of days. A day may continue on the next page.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
internal sealed record ReportPage(IReadOnlyList<ReportDay> Days, string? Next);

/// <summary>The results of a day, as the provider wrote them.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Results">The results.</param>
internal sealed record ReportDay(DateOnly Day, IReadOnlyList<JsonElement> Results);
