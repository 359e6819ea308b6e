namespace Tollgate.Accounting.SignIns;

/// <summary>The proof by which a person signed in. The names are stored in lower case.</summary>
public enum SignInMethod
{
    /// <summary>The password of the account.</summary>
    Password,

    /// <summary>An identity provider, by OpenID Connect.</summary>
    Oidc,

    /// <summary>A one-time link, such as that of the first start.</summary>
    Setup,
}
