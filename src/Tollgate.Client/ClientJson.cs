using System.Text.Json.Serialization;
using Tollgate.Client.Jobs;
using Tollgate.Client.Keys;
using Tollgate.Client.Limits;
using Tollgate.Client.Simulations;
using Tollgate.Client.Usage;

namespace Tollgate.Client;

/// <summary>The requests and responses as JSON. Amounts arrive as text, so that no digit is lost.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    PropertyNameCaseInsensitive = false,
    Converters = [typeof(JobStatusNames)]
)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(ListDocument<Job>))]
[JsonSerializable(typeof(ExportRequest))]
[JsonSerializable(typeof(RerateRequest))]
[JsonSerializable(typeof(ReconciliationRequest))]
[JsonSerializable(typeof(SimulationRequest))]
[JsonSerializable(typeof(SimulationResult))]
[JsonSerializable(typeof(AnalysisRequest))]
[JsonSerializable(typeof(AnalysisResult))]
[JsonSerializable(typeof(CollectionRequest))]
[JsonSerializable(typeof(CollectionResult))]
[JsonSerializable(typeof(PendingResult))]
[JsonSerializable(typeof(OptimizeRequest))]
[JsonSerializable(typeof(Comparison))]
[JsonSerializable(typeof(Recommendation))]
[JsonSerializable(typeof(SummaryDocument))]
[JsonSerializable(typeof(UsageSeries))]
[JsonSerializable(typeof(ListDocument<Call>))]
[JsonSerializable(typeof(ListDocument<VirtualKey>))]
[JsonSerializable(typeof(VirtualKey))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(IssuedKey))]
[JsonSerializable(typeof(ListDocument<Limit>))]
[JsonSerializable(typeof(LimitSetting))]
[JsonSerializable(typeof(LimitChange))]
internal sealed partial class ClientJson : JsonSerializerContext;
