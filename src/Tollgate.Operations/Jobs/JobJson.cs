using System.Text.Json.Serialization;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Jobs;

/// <summary>Jobs as they are kept on disk.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    Converters = [
        typeof(TimeJson),
        typeof(SnakeCaseEnum<JobStatus>),
        typeof(SnakeCaseEnum<JobErrorKind>),
        typeof(SnakeCaseEnum<ActorKind>),
    ]
)]
[JsonSerializable(typeof(Job))]
internal sealed partial class JobJson : JsonSerializerContext;
