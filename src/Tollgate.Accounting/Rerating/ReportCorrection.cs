using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Accounting.Exchange;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// What brings the sums of a day and model to what the provider's own report says. It corrects no single record,
/// because a report knows none: it corrects the day, under an identity made of provider, day and model.
/// </summary>
/// <param name="Provider">The provider, as the ledger names it.</param>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model by which it is booked.</param>
public sealed record ReportCorrection(string Provider, DateOnly Day, string Model)
{
    /// <summary>The <c>cost_source</c> of such corrections.</summary>
    public const string CostSource = "provider_report";

    /// <summary>
    /// The dollars to add; negative where the ledger has too many, null where the report states none.
    /// </summary>
    public Money? Cost { get; init; }

    /// <summary>The tokens to add; negative where the ledger has too many.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>How many such corrections the day and model have already.</summary>
    public int Earlier { get; init; }

    /// <summary>
    /// The record. Who makes the same correction at the same time makes the same identity, so that one of them is
    /// booked; the other one finds nothing left to do when it comes again.
    /// </summary>
    public UsageRecord ToRecord()
    {
        var start = new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero);
        return new UsageRecord
        {
            Id = Identity(start, Earlier + 1),
            StartedAt = start,
            Provider = Provider,
            Model = Model,
            Operation = "reconcile",
            Usage = Usage,
            UsageSource = Usage.IsZero ? UsageSource.Missing : UsageSource.Reported,
            Cost = Cost,
            CostSource = Cost is null ? null : CostSource,
            Outcome = CallOutcome.Corrected,
            Corrects = Identity(start, 0),
        };
    }

    /// <summary>Whether a record is such a correction.</summary>
    public static bool Is(UsageRecord record) => record.Corrects is not null && record.Operation == "reconcile";

    private CallId Identity(DateTimeOffset start, int number)
    {
        var contents = string.Create(
            CultureInfo.InvariantCulture,
            $"reconcile\u001F{Provider}\u001F{Day:yyyy-MM-dd}\u001F{Model}\u001F{number}"
        );
        return new CallId(ContentIdentity.OfHash(SHA256.HashData(Encoding.UTF8.GetBytes(contents)), start), 1);
    }
}
