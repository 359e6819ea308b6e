using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>The row of a key's own properties.</summary>
internal static class KeyInfoRoutes
{
    /// <summary>A key.</summary>
    public static readonly TextParameter Key = new(
        "key",
        "The key itself, or its token. Default: the key that sends the request."
    )
    {
        Max = 512,
    };

    public static readonly ApiRoute Get = new("GET", "/key/info")
    {
        Area = "LiteLLM",
        Summary = "Returns a virtual key with its limits, its spend, and when its budget resets.",
        Access = RouteAccess.Within(Permission.KeysRead) with { AdmitsKeys = true },
        Parameters = [Key],
        Response = LiteLlmKeyJson.Default.KeyInfoShape,
        HasOpenAIErrors = true,
        IsForCallers = true,
    };
}
