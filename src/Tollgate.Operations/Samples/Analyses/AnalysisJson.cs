using System.Text.Json.Serialization;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Samples.Analyses;

/// <summary>Analyses as JSON: as they are kept, and as programs read them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(FiniteNumberJson)]
)]
[JsonSerializable(typeof(AnalysisResult))]
public sealed partial class AnalysisJson : JsonSerializerContext;
