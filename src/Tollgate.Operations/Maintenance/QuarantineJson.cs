using System.Text.Json.Serialization;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Maintenance;

/// <summary>Quarantined records as the audit trail keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [
        typeof(SnakeCaseEnum<UsageSource>),
        typeof(SnakeCaseEnum<ServiceTier>),
        typeof(SnakeCaseEnum<CallOutcome>),
        typeof(TimeJson),
        typeof(FiniteNumberJson),
        typeof(MoneyJson),
        typeof(TokenUsageJson),
    ]
)]
[JsonSerializable(typeof(QuarantinedRecord))]
internal sealed partial class QuarantineJson : JsonSerializerContext;
