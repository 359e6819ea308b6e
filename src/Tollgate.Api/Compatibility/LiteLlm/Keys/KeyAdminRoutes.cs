using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>The rows that list and change keys.</summary>
internal static class KeyAdminRoutes
{
    public static readonly IntegerParameter Page = new("page", 1, 1_000_000, 1, "The number of the page.");
    public static readonly IntegerParameter Size = new("size", 1, 100, 10, "The maximum number of keys on a page.");
    public static readonly TextParameter UserId = new("user_id", "Only keys of this user.");
    public static readonly TextParameter TeamId = new("team_id", "Only keys of this team.");
    public static readonly TextParameter OrganizationId = new("organization_id", "Only keys of this organization.");
    public static readonly TextParameter KeyAlias = new("key_alias", "Only keys with this name.");
    public static readonly BooleanParameter FullObject = new(
        "return_full_object",
        false,
        "True to return the keys with their properties; false for their tokens only."
    );

    public static readonly ApiRoute List = new("GET", "/key/list")
    {
        Area = "LiteLLM",
        Summary = "Lists the virtual keys that are not revoked, in the order of their creation.",
        Access = RouteAccess.Within(Permission.KeysRead),
        Parameters = [Page, Size, UserId, TeamId, OrganizationId, KeyAlias, FullObject],
        Response = LiteLlmKeyJson.Default.KeyPageShape,
        HasOpenAIErrors = true,
    };

    public static readonly ApiRoute Generate = Create("/key/generate", "key.create") with
    {
        Summary = "Creates a virtual key with its limits. The response is the only one with the key itself.",
        Body = LiteLlmKeyJson.Default.GenerateKeyBody,
        Example = """{"key_alias": "build", "team_id": "alpha", "max_budget": 25.5, "budget_duration": "30d"}""",
    };

    public static readonly ApiRoute GenerateForService = Create("/key/service-account/generate", "key.create") with
    {
        Summary = "Creates a virtual key of a team, bound to no user.",
        Body = LiteLlmKeyJson.Default.GenerateKeyBody,
        Example = """{"key_alias": "nightly", "team_id": "alpha", "metadata": {"service_account_id": "nightly"}}""",
    };

    public static readonly ApiRoute Update = Create("/key/update", "key.update") with
    {
        Summary = "Changes the properties and the limits of a virtual key.",
        Body = LiteLlmKeyJson.Default.UpdateKeyBody,
        Example = """{"key": "0123456789abcdef0123456789abcdef", "max_budget": 50, "rpm_limit": null}""",
    };

    public static readonly ApiRoute Regenerate = Create("/key/{id}/regenerate", "key.rotate") with
    {
        Summary = "Gives a virtual key a new secret; its limits and its usage stay.",
    };

    public static readonly ApiRoute Delete = Create(
        "/key/delete",
        "key.revoke",
        LiteLlmKeyJson.Default.DeletedKeysShape
    ) with
    {
        Summary = "Revokes virtual keys for good. Their recorded usage is kept.",
        Body = LiteLlmKeyJson.Default.DeleteKeysBody,
        Example = """{"keys": ["0123456789abcdef0123456789abcdef"]}""",
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [List, Generate, GenerateForService, Update, Regenerate, Delete];

    private static ApiRoute Create(string path, string audit, JsonTypeInfo? response = null) =>
        new("POST", path)
        {
            Area = "LiteLLM",
            Summary = "",
            Access = RouteAccess.Within(Permission.KeysWrite),
            Audit = audit,
            Response = response ?? LiteLlmKeyJson.Default.KeyShape,
            HasOpenAIErrors = true,
        };
}
