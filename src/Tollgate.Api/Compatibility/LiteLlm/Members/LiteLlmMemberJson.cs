using System.Text.Json.Serialization;
using Tollgate.Api.Contracts;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>Users and teams as JSON. Money is a number, as LiteLLM's clients expect, with all digits.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    Converters = [typeof(InstantJson)]
)]
[JsonSerializable(typeof(UserInfoShape))]
[JsonSerializable(typeof(TeamInfoShape))]
[JsonSerializable(typeof(NewUserBody))]
[JsonSerializable(typeof(UpdateUserBody))]
[JsonSerializable(typeof(DeleteUsersBody))]
[JsonSerializable(typeof(UserPageShape))]
[JsonSerializable(typeof(NewTeamBody))]
[JsonSerializable(typeof(UpdateTeamBody))]
[JsonSerializable(typeof(DeleteTeamsBody))]
[JsonSerializable(typeof(IReadOnlyList<TeamShape>))]
[JsonSerializable(typeof(DeletedMembersShape))]
internal sealed partial class LiteLlmMemberJson : JsonSerializerContext;
