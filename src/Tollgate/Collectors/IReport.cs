using System.Text.Json;

namespace Tollgate.Collectors;

/// <summary>One report of one provider: how its pages are asked for, and what stands in them.</summary>
internal interface IReport
{
    /// <summary>Its name in the cache and in messages: lower-case letters and underscores.</summary>
    string Name { get; }

    /// <summary>The most days that one question is asked for.</summary>
    int MostDays { get; }

    /// <summary>The address of a page, below the provider's own; days in UTC, the end not included.</summary>
    string Address(DateOnly from, DateOnly to, string? page);

    /// <summary>What a page holds.</summary>
    /// <exception cref="FormatException">It is not what the provider's reference says.</exception>
    ReportPage Read(JsonElement page);

    /// <summary>The lines that one result stands for; none where it has nothing.</summary>
    /// <exception cref="FormatException">It is not what the provider's reference says.</exception>
    IEnumerable<ReportedUsage> Lines(DateOnly day, JsonElement result);
}

/// <summary>A page of a report.</summary>
/// <param name="Days">The results by day, in the order of days. A day may go on on the next page.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
internal sealed record ReportPage(IReadOnlyList<ReportDay> Days, string? Next);

/// <summary>The results of a day, as the provider wrote them.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Results">The results.</param>
internal sealed record ReportDay(DateOnly Day, IReadOnlyList<JsonElement> Results);
