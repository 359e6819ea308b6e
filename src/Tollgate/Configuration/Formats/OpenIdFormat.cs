using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Identity.Permissions;
using static Tollgate.Configuration.Declaration.SettingTypes;
using static Tollgate.Configuration.Formats.DraftSettings;

namespace Tollgate.Configuration.Formats;

/// <summary>The section <c>accounts.oidc</c>: the identity provider with which people sign in.</summary>
internal static class OpenIdFormat
{
    private static readonly string[] RoleNames = ["admin", "manager", "user", "viewer"];

    public static readonly SectionSetting<ConfigurationDraft> Section = Group(
        "oidc",
        "The identity provider with which people sign in, by OpenID Connect.",
        new ValueSetting<ConfigurationDraft, Uri>(
            "issuer",
            Address,
            static draft => draft.OpenId.Issuer,
            static (draft, issuer) => draft.OpenId.Issuer = issuer,
            "The issuer, with the characters of the provider's metadata, such as https://login.example.com/realms/main."
        )
        {
            Variable = "TOLLGATE_OIDC_ISSUER",
        },
        new ValueSetting<ConfigurationDraft, string>(
            "client_id",
            Text,
            static draft => draft.OpenId.ClientId,
            static (draft, id) => draft.OpenId.ClientId = id,
            "The id under which the provider has registered this gateway."
        )
        {
            Variable = "TOLLGATE_OIDC_CLIENT_ID",
        },
        new ValueSetting<ConfigurationDraft, string>(
            "client_secret",
            Secret,
            static _ => null,
            static (draft, secret) => draft.OpenId.ClientSecret = secret,
            "The secret of the registration; write ${NAME}, or set the variable. Omitted for a public client."
        )
        {
            Variable = "TOLLGATE_OIDC_CLIENT_SECRET",
        },
        new TextListSetting<ConfigurationDraft>(
            "scopes",
            Text,
            static draft => draft.OpenId.Scopes,
            static (draft, scopes) => draft.OpenId.Scopes.AddRange(scopes),
            "The scopes that are requested. Default: openid, profile, email."
        ),
        Value<string?>(
            "username_claim",
            Text!,
            static draft => draft.OpenId.UsernameClaim,
            static (draft, name) => draft.OpenId.UsernameClaim = name,
            "The claim with the name of an account that is created at the first sign-in. Default: preferred_username."
        ),
        Value<string?>(
            "role_claim",
            Text!,
            static draft => draft.OpenId.RoleClaim,
            static (draft, name) => draft.OpenId.RoleClaim = name,
            "The claim with the keys of roles; dots lead into objects, as in realm_access.roles. Default: groups."
        ),
        new TextMapSetting<ConfigurationDraft>(
            "roles",
            AddRole,
            "The roles by the values of the role claim: admin, manager, user, or viewer. The first that a person has "
                + "counts; a person without one may not sign in."
        ),
        Value<string?>(
            "teams_claim",
            Text!,
            static draft => draft.OpenId.TeamsClaim,
            static (draft, name) => draft.OpenId.TeamsClaim = name,
            "The claim with the teams that a manager manages. If omitted, administrators set them."
        ),
        new ValueSetting<ConfigurationDraft, Uri>(
            "redirect_uri",
            Address,
            static draft => draft.OpenId.RedirectUri,
            static (draft, address) => draft.OpenId.RedirectUri = address,
            "The address to which the provider returns, as registered there. Default: /signin-oidc on the address of "
                + "the request."
        )
    );

    private static string? AddRole(ConfigurationDraft draft, string value, string role)
    {
        var index = Array.IndexOf(RoleNames, role);
        if (index < 0)
            return $"'{role}' is not a role. The roles are {string.Join(", ", RoleNames)}.";
        draft.OpenId.Roles.Add(new(value, Enum.Parse<Role>(role, ignoreCase: true)));
        return null;
    }
}
