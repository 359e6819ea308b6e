using System.Text.Json.Serialization;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>The JSON of a sign-in at an identity provider.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SignInState))]
[JsonSerializable(typeof(SealedSecret))]
[JsonSerializable(typeof(TokenResponse))]
internal sealed partial class OpenIdJson : JsonSerializerContext;
