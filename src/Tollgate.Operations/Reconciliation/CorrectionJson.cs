using System.Text.Json.Serialization;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Reconciliation;

/// <summary>Corrections as the audit trail keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(MoneyJson)]
)]
[JsonSerializable(typeof(CorrectionPlan))]
internal sealed partial class CorrectionJson : JsonSerializerContext;
