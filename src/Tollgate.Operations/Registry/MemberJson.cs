using System.Text.Json.Serialization;
using Tollgate.Accounting.Registry;

namespace Tollgate.Operations.Registry;

/// <summary>Registry entries as the audit trail keeps them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Conversation))]
internal sealed partial class MemberJson : JsonSerializerContext;
