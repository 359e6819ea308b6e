using Tollgate.Metering.Wire;

namespace Tollgate.Metering.Tests.Wire;

/// <summary>A reading in the words of the tables of readings, so that a difference is read at a glance.</summary>
internal static class ReadingText
{
    public static string Write(MeterReading reading)
    {
        var lines = new List<string> { $"usage: {(reading.HasUsage ? reading.Usage.ToString() : "none")}" };
        if (reading.ResponseModel is not null)
            lines.Add($"model: {reading.ResponseModel}");
        if (reading.ResponseId is not null)
            lines.Add($"id: {reading.ResponseId}");
        if (reading.ServiceTier is not null)
            lines.Add($"tier: {reading.ServiceTier}");
        if (reading.ErrorType is not null)
            lines.Add($"error: {reading.ErrorType}");
        lines.Add($"complete: {(reading.IsComplete ? "yes" : "no")}");
        foreach (var part in reading.Parts ?? [])
            lines.Add($"part: {part.Model ?? "-"} {part.Usage}");
        return string.Join('\n', lines);
    }
}
