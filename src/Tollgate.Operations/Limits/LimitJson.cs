using System.Text.Json.Serialization;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Limits;

/// <summary>Limits as the audit trail keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [
        typeof(TimeJson),
        typeof(SnakeCaseEnum<LimitMetric>),
        typeof(SnakeCaseEnum<LimitMode>),
        typeof(SnakeCaseEnum<LimitDimension>),
    ]
)]
[JsonSerializable(typeof(LimitDetails))]
[JsonSerializable(typeof(LimitUsage))]
[JsonSerializable(typeof(LeaseHolderDetails))]
internal sealed partial class LimitJson : JsonSerializerContext;
