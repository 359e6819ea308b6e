using System.Globalization;
using Tollgate.Accounting.ImportExport;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Collectors.Google;

/// <summary>
/// Reads Google's detailed or standard usage cost export as CSV, with <c>sku.description</c> or <c>sku_description</c>
/// as names.
/// </summary>
internal static class BillingExportReader
{
    /// <exception cref="CollectorException">The file cannot be read; the message contains line and column.</exception>
    public static IReadOnlyList<ReportedUsage> Read(string path)
    {
        try
        {
            using var file = File.OpenText(path);
            return Read(file);
        }
        catch (Exception exception)
            when (exception
                    is FormatException
                        or OverflowException
                        or UnauthorizedAccessException
                        or (IOException and not CollectorException)
            )
        {
            throw new CollectorException($"{path} cannot be read as a billing export: {exception.Message}", exception);
        }
    }

    public static IReadOnlyList<ReportedUsage> Read(TextReader text)
    {
        var reader = new CsvReader(text);
        var header = reader.Read() ?? throw new FormatException("the file is empty");
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
            names.TryAdd(header[i].Trim().ToLowerInvariant().Replace('.', '_').Replace(' ', '_'), i);
        foreach (var required in new[] { "service_description", "sku_description", "usage_start_time", "cost" })
            if (!names.ContainsKey(required))
                throw new FormatException(
                    $"line 1: the column {required} is missing; "
                        + $"exports name it {required} or {required.Replace('_', '.')}"
                );

        var lines = new List<ReportedUsage>();
        while (reader.Read() is { } values)
        {
            if (values.Count != header.Count)
                throw new FormatException(
                    $"line {reader.Line}: {values.Count} fields, but the header has {header.Count}"
                );
            var row = new FieldRow(names, values, reader.Line);
            if (IsModelService(row.Text("service_description")))
                lines.Add(ParseLine(row));
        }

        return lines;
    }

    private static bool IsModelService(string service) =>
        service is "Vertex AI" or "Gemini API" or "Generative Language API";

    private static ReportedUsage ParseLine(FieldRow row)
    {
        var sku = SkuDescription.Parse(row.Text("sku_description"));
        return new ReportedUsage(ParseDay(row), "gemini", sku.Model)
        {
            Project = row.TextOrNull("project_id"),
            Usage =
                sku.Kind is { } kind && ParseTokens(row) is { } tokens ? new TokenUsage { [kind] = tokens } : default,
            Cost = Money.Round(Usd(row)),
        };
    }

    /// <summary>Google writes <c>2026-10-01 07:00:00 UTC</c>, spreadsheets without the zone.</summary>
    private static DateOnly ParseDay(FieldRow row)
    {
        var text = row.Text("usage_start_time");
        if (text.EndsWith(" UTC", StringComparison.Ordinal))
            text = text[..^4];
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? DateOnly.FromDateTime(at.UtcDateTime)
            : throw row.CreateException("usage_start_time", "a time such as 2026-11-01 12:00:00 UTC");
    }

    /// <summary>
    /// Only usage with a token unit counts as tokens; other usage, such as cache hours, is only a cost.
    /// </summary>
    private static long? ParseTokens(FieldRow row)
    {
        if (row.DecimalOrNull("usage_amount") is not { } amount || amount < 0)
            return null;
        return row.TextOrNull("usage_unit")?.ToLowerInvariant() is "count" or "token" or "tokens"
            ? decimal.ToInt64(decimal.Round(amount))
            : null;
    }

    /// <summary>The charge before credits, converted to dollars at the export's rate.</summary>
    private static decimal Usd(FieldRow row)
    {
        var cost = row.DecimalOrNull("cost") ?? throw row.CreateException("cost", "a number");
        if ((row.TextOrNull("currency") ?? "USD") == "USD")
            return cost;
        return row.DecimalOrNull("currency_conversion_rate") is { } rate and > 0
            ? cost / rate
            : throw row.CreateException("currency_conversion_rate", "a rate, which a currency other than USD needs");
    }
}
