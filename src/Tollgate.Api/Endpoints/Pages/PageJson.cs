using System.Text.Json.Serialization;

namespace Tollgate.Api.Endpoints.Pages;

/// <summary>The pages as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CallReport))]
internal sealed partial class PageJson : JsonSerializerContext;
