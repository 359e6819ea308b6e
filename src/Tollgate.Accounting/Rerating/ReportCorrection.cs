using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Accounting.ImportExport;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// A correction that adjusts the sums of a day and model to the provider's own report. It does not correct a single
/// record, because a report does not list any: it corrects the day, under an identity made of provider, day and model.
/// </summary>
/// <param name="Provider">The provider, as the ledger names it.</param>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model as recorded.</param>
public sealed record ReportCorrection(string Provider, DateOnly Day, string Model)
{
    /// <summary>The <c>cost_source</c> of such corrections.</summary>
    public const string CostSource = "provider_report";

    /// <summary>
    /// The dollars to add; negative if the ledger has too many, null if the report does not contain any.
    /// </summary>
    public Money? Cost { get; init; }

    /// <summary>The tokens to add; negative if the ledger has too many.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The number of such corrections that the day and model already have.</summary>
    public int PreviousCount { get; init; }

    /// <summary>
    /// Creates the record. Two processes that make the same correction at the same time create the same identity, so
    /// that only one is recorded; the other process finds nothing left to do on its next run.
    /// </summary>
    public UsageRecord ToRecord()
    {
        var start = new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero);
        return new UsageRecord
        {
            Id = CreateIdentity(start, PreviousCount + 1),
            StartedAt = start,
            Provider = Provider,
            Model = Model,
            Operation = "reconcile",
            Usage = Usage,
            UsageSource = Usage.IsZero ? UsageSource.Missing : UsageSource.Reported,
            Cost = Cost,
            CostSource = Cost is null ? null : CostSource,
            Outcome = CallOutcome.Corrected,
            Corrects = CreateIdentity(start, 0),
        };
    }

    /// <summary>True if a record is such a correction.</summary>
    public static bool Matches(UsageRecord record) => record.Corrects is not null && record.Operation == "reconcile";

    private CallId CreateIdentity(DateTimeOffset start, int number)
    {
        var contents = string.Create(
            CultureInfo.InvariantCulture,
            $"reconcile\u001F{Provider}\u001F{Day:yyyy-MM-dd}\u001F{Model}\u001F{number}"
        );
        return new CallId(ContentIdentity.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(contents)), start), 1);
    }
}
