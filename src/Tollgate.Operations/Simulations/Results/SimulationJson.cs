using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tollgate.Analytics.Simulation.Questions;

namespace Tollgate.Operations.Simulations.Results;

/// <summary>The results of simulations as JSON: as they are saved, and as programs read them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SavedResult))]
[JsonSerializable(typeof(Recommendation))]
public sealed partial class SimulationJson : JsonSerializerContext
{
    /// <summary>The same with line breaks and readable characters.</summary>
    public static SimulationJson Readable =>
        field ??= new(
            new JsonSerializerOptions(Default.Options)
            {
                WriteIndented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
