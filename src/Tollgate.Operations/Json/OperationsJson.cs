using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Anomalies;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Collectors;
using Tollgate.Operations.Forecasts;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Providers;
using Tollgate.Operations.Reconciliation;
using Tollgate.Operations.Samples;
using Tollgate.Operations.Serialization;
using Tollgate.Operations.Status;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;

namespace Tollgate.Operations.Json;

/// <summary>
/// The results of the use cases as JSON: the same shape at the command line and in the API. Names are in lower case
/// with
/// underscores, times in UTC, numbers in full.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [
        typeof(SnakeCaseEnum<ActorKind>),
        typeof(SnakeCaseEnum<VirtualKeyStatus>),
        typeof(SnakeCaseEnum<LimitMetric>),
        typeof(SnakeCaseEnum<LimitMode>),
        typeof(SnakeCaseEnum<LimitDimension>),
        typeof(SnakeCaseEnum<CellStatus>),
        typeof(SnakeCaseEnum<UsageSource>),
        typeof(SnakeCaseEnum<ServiceTier>),
        typeof(SnakeCaseEnum<CallOutcome>),
        typeof(SnakeCaseEnum<AlertKind>),
        typeof(SnakeCaseEnum<DeliveryState>),
        typeof(SnakeCaseEnum<TranscriptEntryType>),
        typeof(SnakeCaseEnum<UsageDimension>),
        typeof(SnakeCaseEnum<UsageKind>),
        typeof(SnakeCaseEnum<UsageMeasure>),
        typeof(SnakeCaseEnum<SeriesBucket>),
        typeof(SnakeCaseEnum<ProviderKeySource>),
        typeof(SnakeCaseEnum<DeploymentHealth>),
        typeof(SnakeCaseEnum<ProviderTestOutcome>),
        typeof(TimeJson),
        typeof(FiniteNumberJson),
        typeof(MoneyJson),
        typeof(TokenUsageJson),
    ]
)]
[JsonSerializable(typeof(KeyDetails))]
[JsonSerializable(typeof(IReadOnlyList<KeyDetails>))]
[JsonSerializable(typeof(IssuedKey))]
[JsonSerializable(typeof(ProviderDetails))]
[JsonSerializable(typeof(IReadOnlyList<ProviderDetails>))]
[JsonSerializable(typeof(DeploymentDetails))]
[JsonSerializable(typeof(ProviderTestResult))]
[JsonSerializable(typeof(PriceDetails))]
[JsonSerializable(typeof(PriceQuote))]
[JsonSerializable(typeof(UnpricedModel))]
[JsonSerializable(typeof(RerateDetails))]
[JsonSerializable(typeof(SettingDetails))]
[JsonSerializable(typeof(StatusDetails))]
[JsonSerializable(typeof(LimitDetails))]
[JsonSerializable(typeof(IReadOnlyList<LimitDetails>))]
[JsonSerializable(typeof(LimitUsage))]
[JsonSerializable(typeof(IReadOnlyList<LimitUsage>))]
[JsonSerializable(typeof(RecordedChange))]
[JsonSerializable(typeof(IReadOnlyList<RecordedChange>))]
[JsonSerializable(typeof(IReadOnlyList<ColumnRisk>))]
[JsonSerializable(typeof(IReadOnlyList<DependentColumns>))]
[JsonSerializable(typeof(IReadOnlyList<FittedColumn>))]
[JsonSerializable(typeof(QuarantinedRecord))]
[JsonSerializable(typeof(IReadOnlyList<UsageRecord>))]
[JsonSerializable(typeof(IReadOnlyList<UsageSummary>))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(SummaryResult))]
[JsonSerializable(typeof(SeriesResult))]
[JsonSerializable(typeof(CallPage))]
[JsonSerializable(typeof(CallDetails))]
[JsonSerializable(typeof(FacetResult))]
[JsonSerializable(typeof(IReadOnlyList<User>))]
[JsonSerializable(typeof(IReadOnlyList<Project>))]
[JsonSerializable(typeof(IReadOnlyList<Application>))]
[JsonSerializable(typeof(IReadOnlyList<Conversation>))]
[JsonSerializable(typeof(AlertWithDeliveries))]
[JsonSerializable(typeof(IReadOnlyList<AlertWithDeliveries>))]
[JsonSerializable(typeof(IReadOnlyList<TranscriptEntry>))]
[JsonSerializable(typeof(IReadOnlyList<DenialEntry>))]
[JsonSerializable(typeof(AnomalyResult))]
[JsonSerializable(typeof(IReadOnlyList<ReportedUsage>))]
[JsonSerializable(typeof(ReconciliationResult))]
[JsonSerializable(typeof(ReconciliationJobResult))]
[JsonSerializable(typeof(RerateResult))]
[JsonSerializable(typeof(ForecastResult))]
[JsonSerializable(typeof(IReadOnlyList<LeaseHolderDetails>))]
[JsonSerializable(typeof(IReadOnlyList<LimitImport>))]
[JsonSerializable(typeof(SetLimitResult))]
[JsonSerializable(typeof(LimitPreview))]
[JsonSerializable(typeof(IReadOnlyList<SetLimitResult>))]
public sealed partial class OperationsJson : JsonSerializerContext
{
    /// <summary>The same with line breaks and readable characters, for people and for files.</summary>
    public static OperationsJson Indented =>
        field ??= new(
            new JsonSerializerOptions(Default.Options)
            {
                WriteIndented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
