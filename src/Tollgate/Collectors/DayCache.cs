using System.Globalization;
using System.Text.Json;

namespace Tollgate.Collectors;

/// <summary>
/// Keeps the results of days that will not change any more, a file a report and day, as the provider wrote them. A day
/// is final 48 hours after its end: until then providers still add to it, so it is asked for again.
/// </summary>
/// <param name="folder">The folder of one source.</param>
/// <param name="time">The clock.</param>
internal sealed class DayCache(string folder, TimeProvider time)
{
    private static readonly TimeSpan Settling = TimeSpan.FromHours(48);

    /// <summary>The cache of one source in a data folder.</summary>
    public static DayCache Of(string dataFolder, ReportAccess access, TimeProvider time) =>
        new(Path.Combine(dataFolder, "collected", access.Provider, access.Fingerprint), time);

    /// <summary>Whether a day is over for long enough that its report does not change any more.</summary>
    public static bool IsFinal(DateOnly day, TimeProvider time) =>
        time.GetUtcNow() >= new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + Settling;

    /// <summary>The results of a day; null where they are not kept.</summary>
    public IReadOnlyList<JsonElement>? Find(string report, DateOnly day)
    {
        var path = PathOf(report, day);
        if (!File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? [.. json.RootElement.EnumerateArray().Select(static result => result.Clone())]
                : null;
        }
        catch (JsonException)
        {
            return null; // A disk that was full, or an editor: the provider still has it.
        }
    }

    /// <summary>Keeps a whole day, if it is final.</summary>
    public void Keep(string report, DateOnly day, IReadOnlyList<JsonElement> results)
    {
        if (!IsFinal(day, time))
            return;
        var path = PathOf(report, day);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Moved into place as a whole: a process that is killed leaves no half of a day.
        var part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.part");
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(results));
        File.Move(part, path, overwrite: true);
    }

    private string PathOf(string report, DateOnly day) =>
        Path.Combine(folder, report, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".json");
}
