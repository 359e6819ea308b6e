using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Accounting.ImportExport.Tables;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>
/// The columns of a FOCUS 1.2 file, and their values for one row. Custom columns begin with <c>x_</c>, as required by
/// FOCUS.
/// </summary>
public static class FocusColumns
{
    // Quantities are whole numbers today; FOCUS defines them as decimals.
    private const int QuantityDecimals = Money.Decimals;

    // A price per token can have more decimals than an amount; no decimal has more than these.
    private const int PriceDecimals = 28;
    private const string Instants = "yyyy-MM-ddTHH:mm:ssZ";
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns, in the order of the file. Those that FOCUS requires always have a value.</summary>
    public static IReadOnlyList<ExportColumn> Columns { get; } =
    [
        ExportColumn.Decimal("BilledCost", Money.Decimals),
        ExportColumn.Text("BillingAccountId"),
        ExportColumn.Text("BillingAccountName").Optional(),
        ExportColumn.Text("BillingCurrency"),
        ExportColumn.Time("BillingPeriodStart", Instants),
        ExportColumn.Time("BillingPeriodEnd", Instants),
        ExportColumn.Text("ChargeCategory"),
        ExportColumn.Text("ChargeClass").Optional(),
        ExportColumn.Text("ChargeDescription").Optional(),
        ExportColumn.Time("ChargePeriodStart", Instants),
        ExportColumn.Time("ChargePeriodEnd", Instants),
        ExportColumn.Decimal("ConsumedQuantity", QuantityDecimals).Optional(),
        ExportColumn.Text("ConsumedUnit").Optional(),
        ExportColumn.Decimal("ContractedCost", Money.Decimals),
        ExportColumn.Decimal("EffectiveCost", Money.Decimals),
        ExportColumn.Text("InvoiceIssuerName"),
        ExportColumn.Decimal("ListCost", PriceDecimals),
        ExportColumn.Decimal("ListUnitPrice", PriceDecimals).Optional(),
        ExportColumn.Decimal("PricingQuantity", QuantityDecimals).Optional(),
        ExportColumn.Text("PricingUnit").Optional(),
        ExportColumn.Text("ProviderName"),
        ExportColumn.Text("PublisherName"),
        ExportColumn.Text("ResourceId").Optional(),
        ExportColumn.Text("ServiceCategory"),
        ExportColumn.Text("ServiceName"),
        ExportColumn.Text("SkuId").Optional(),
        ExportColumn.Text("SkuMeter").Optional(),
        ExportColumn.Text("SkuPriceId").Optional(),
        ExportColumn.Text("SubAccountId").Optional(),
        ExportColumn.Text("Tags").Optional(),
        ExportColumn.Text("x_PriceVersion").Optional(),
        ExportColumn.Boolean("x_Unpriced"),
    ];

    /// <summary>The names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Columns.Select(static column => column.Name)];

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
            month,
            month.AddMonths(1),
            "Usage",
            key.Class == FocusClass.Correction ? "Correction" : null,
            Description(key),
            charged.From.Value,
            charged.To!.Value,
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
            key.IsUnpriced,
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
}
