using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>
/// The columns of a FOCUS 1.2 file, and their values for one row. Custom columns begin with <c>x_</c>, as required by
/// FOCUS.
/// </summary>
public static class FocusColumns
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "BilledCost",
        "BillingAccountId",
        "BillingAccountName",
        "BillingCurrency",
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "ChargeCategory",
        "ChargeClass",
        "ChargeDescription",
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "ConsumedQuantity",
        "ConsumedUnit",
        "ContractedCost",
        "EffectiveCost",
        "InvoiceIssuerName",
        "ListCost",
        "ListUnitPrice",
        "PricingQuantity",
        "PricingUnit",
        "ProviderName",
        "PublisherName",
        "ResourceId",
        "ServiceCategory",
        "ServiceName",
        "SkuId",
        "SkuMeter",
        "SkuPriceId",
        "SubAccountId",
        "Tags",
        "x_PriceVersion",
        "x_Unpriced",
    ];

    internal static object?[] ToValues(in FocusRow row, UsagePeriod charged, FocusOptions options)
    {
        var (key, group, price) = (row.Key, row.Key.Group, row.Key.Price);
        var provider = FocusProviders.GetDisplayName(group.Provider);
        var (quantity, unit) =
            key.Class == FocusClass.Correction ? (null, null) : ((decimal?)row.Quantity, UnitOf(key.Meter));
        var month = UsageBucket.Month.FloorToBucket(charged.From!.Value, TimeZoneInfo.Utc);
        return
        [
            row.Cost.Usd,
            options.BillingAccountId,
            options.BillingAccountName,
            "USD",
            Time(month),
            Time(month.AddMonths(1)),
            "Usage",
            key.Class == FocusClass.Correction ? "Correction" : null,
            Description(key),
            Time(charged.From.Value),
            Time(charged.To!.Value),
            quantity,
            unit,
            row.Cost.Usd,
            row.Cost.Usd,
            provider,
            price is { } list ? row.Quantity * list.UnitRate : row.Cost.Usd,
            price?.UnitRate,
            quantity,
            unit,
            provider,
            provider,
            group.KeyId,
            "AI and Machine Learning",
            $"{provider} API",
            $"{group.Provider}/{group.Model}",
            key.Meter,
            SkuPriceId(key),
            group.Project,
            Tags(key),
            price?.Version,
            key.IsUnpriced ? "true" : "false",
        ];
    }

    /// <summary>
    /// FOCUS requires an id that is stable over time, hence without the version of the price, which has its own column.
    /// </summary>
    private static string? SkuPriceId(in FocusKey key)
    {
        if (key.Price is not { } price)
            return null;
        var above =
            price.AboveInputTokens > 0
                ? string.Create(CultureInfo.InvariantCulture, $"/above-{price.AboveInputTokens}")
                : "";
        var tier = UsageFields.SnakeCase(price.Tier.ToString());
        return $"{key.Group.Provider}/{key.Group.Model}/{key.Meter}/{tier}{above}";
    }

    private static string Description(in FocusKey key)
    {
        if (key.Class == FocusClass.Correction)
            return $"{key.Group.Model}: correction";
        return $"{key.Group.Model}: {key.Meter.Replace('_', ' ')}{(key.IsUnpriced ? ", no known price" : "")}";
    }

    private static string UnitOf(string meter) =>
        meter switch
        {
            "tool_use" => "Tool Uses",
            "request" => "Requests",
            "second" => "Seconds",
            "character" => "Characters",
            _ => "Tokens",
        };

    private static string Tags(in FocusKey key)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteString("provider", key.Group.Provider);
            json.WriteString("model", key.Group.Model);
            if (key.Group.Project is { } project)
                json.WriteString("project", project);
            if (key.Price is { Tier: not ServiceTier.Standard } price)
                json.WriteString("service_tier", UsageFields.SnakeCase(price.Tier.ToString()));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
