using System.Text.Json.Serialization;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Control;

/// <summary>The body of a request that replaces the random failures.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(RandomFailures))]
internal sealed partial class ScriptJson : JsonSerializerContext;
