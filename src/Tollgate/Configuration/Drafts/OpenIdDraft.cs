using Tollgate.Identity;
using Tollgate.Identity.Permissions;

namespace Tollgate.Configuration.Drafts;

/// <summary>The section <c>accounts.oidc</c> while it is read.</summary>
internal sealed class OpenIdDraft
{
    public Uri? Issuer { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public List<string> Scopes { get; } = [];

    public string? UsernameClaim { get; set; }

    public string? RoleClaim { get; set; }

    public string? TeamsClaim { get; set; }

    public Uri? RedirectUri { get; set; }

    public List<KeyValuePair<string, Role>> Roles { get; } = [];

    /// <summary>True if the section has an issuer, a client, or roles.</summary>
    public bool IsSet => Issuer is not null || ClientId is not null || Roles.Count > 0;

    /// <summary>Returns the options; null if the section is absent or not complete.</summary>
    public OpenIdOptions? ToOptions()
    {
        if (Issuer is null || ClientId is null)
            return null;
        var options = new OpenIdOptions
        {
            Issuer = Issuer,
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            TeamsClaim = TeamsClaim,
            RedirectUri = RedirectUri,
            Roles = Roles,
        };
        return options with
        {
            Scopes = Scopes.Count > 0 ? Scopes : options.Scopes,
            UsernameClaim = UsernameClaim ?? options.UsernameClaim,
            RoleClaim = RoleClaim ?? options.RoleClaim,
        };
    }
}
