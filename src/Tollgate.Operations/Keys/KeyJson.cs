using System.Text.Json.Serialization;
using Tollgate.Accounting.Registry;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Keys;

/// <summary>Keys as the audit trail keeps them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(TimeJson), typeof(SnakeCaseEnum<VirtualKeyStatus>)]
)]
[JsonSerializable(typeof(KeyDetails))]
internal sealed partial class KeyJson : JsonSerializerContext;
