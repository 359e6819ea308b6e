using System.Globalization;
using System.Text.Json;

namespace Tollgate.Operations.Collectors;

/// <summary>
/// Stores the results of days that no longer change, one file per report and day, as the provider sent them. A day is
/// final 48 hours after its end: until then providers still add to it, so it is fetched again.
/// </summary>
/// <param name="folder">The folder of one source.</param>
/// <param name="time">The clock.</param>
internal sealed class DayCache(string folder, TimeProvider time)
{
    private static readonly TimeSpan FinalAfter = TimeSpan.FromHours(48);

    /// <summary>The cache of one source in a data folder.</summary>
    public static DayCache For(string dataFolder, ReportAccess access, TimeProvider time) =>
        new(Path.Combine(dataFolder, "collected", access.Provider, access.Fingerprint), time);

    /// <summary>True if a day ended long enough ago that its report no longer changes.</summary>
    public static bool IsFinal(DateOnly day, TimeProvider time) =>
        time.GetUtcNow() >= new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + FinalAfter;

    /// <summary>Returns the results of a day; null if they are not cached.</summary>
    public IReadOnlyList<JsonElement>? Find(string report, DateOnly day)
    {
        var path = GetPath(report, day);
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
            return null; // Damaged by a full disk or an editor: the provider still has it.
        }
    }

    /// <summary>Stores a complete day, if it is final.</summary>
    public void Save(string report, DateOnly day, IReadOnlyList<JsonElement> results)
    {
        if (!IsFinal(day, time))
            return;
        var path = GetPath(report, day);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Moved into place atomically: a process that is killed does not leave a partial day.
        var part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.part");
        File.WriteAllBytes(
            part,
            JsonSerializer.SerializeToUtf8Bytes(results, ReportJson.Default.IReadOnlyListJsonElement)
        );
        File.Move(part, path, overwrite: true);
    }

    private string GetPath(string report, DateOnly day) =>
        Path.Combine(folder, report, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".json");
}
