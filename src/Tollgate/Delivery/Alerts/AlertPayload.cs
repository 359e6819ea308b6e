using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Accounting.Alerts;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Text;

namespace Tollgate.Delivery.Alerts;

/// <summary>The body of a webhook: an event's type, time and data, according to Standard Webhooks.</summary>
internal sealed partial record AlertPayload(string Type, DateTimeOffset Timestamp, AlertPayload.Body Data)
{
    /// <summary>The JSON of an alert, the same in every attempt.</summary>
    public static byte[] Serialize(Alert alert) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new AlertPayload(
                $"alert.{SnakeCase.From(alert.Kind)}",
                alert.CreatedAt,
                new Body(
                    alert.Id,
                    SnakeCase.From(alert.Kind),
                    alert.Subject,
                    alert.Text,
                    CreateLimitBody(alert.Crossing)
                )
            ),
            PayloadShape.Default.AlertPayload
        );

    private static LimitBody? CreateLimitBody(LimitCrossing? crossing) =>
        crossing is null
            ? null
            : new LimitBody(
                crossing.LimitId,
                crossing.LimitName,
                crossing.Target,
                SnakeCase.From(crossing.Metric),
                crossing.Window,
                crossing.WindowStart,
                crossing.Threshold,
                Text(crossing.Metric, crossing.Used),
                Text(crossing.Metric, crossing.Amount),
                LimitAmount.IsMoney(crossing.Metric) ? "USD" : null
            );

    private static string Text(LimitMetric metric, Int128 amount) =>
        amount < 0
            ? string.Create(CultureInfo.InvariantCulture, $"-{LimitAmount.ToText(metric, -amount)}")
            : LimitAmount.ToText(metric, amount);

    /// <summary>The alert.</summary>
    internal sealed record Body(Guid AlertId, string Kind, string Subject, string Text, LimitBody? Limit);

    /// <summary>The limit concerned. Amounts are texts, because JSON numbers may lose digits.</summary>
    internal sealed record LimitBody(
        string Id,
        string Name,
        string Target,
        string Metric,
        string Window,
        DateTimeOffset? WindowStart,
        int Threshold,
        string Used,
        string Amount,
        string? Currency
    );

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    )]
    [JsonSerializable(typeof(AlertPayload))]
    private sealed partial class PayloadShape : JsonSerializerContext;
}
