using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tollgate.Api.Problems;

/// <summary>Problems as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OpenAIError))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>
    /// The same with quotes and letters as they are: the media type keeps browsers from reading it as HTML.
    /// </summary>
    public static ProblemJson Readable =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
