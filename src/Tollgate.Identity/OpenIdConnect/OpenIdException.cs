namespace Tollgate.Identity.OpenIdConnect;

/// <summary>A sign-in at the identity provider did not succeed; the message is for the person.</summary>
/// <param name="message">The problem, and what to do.</param>
/// <param name="isProviderUnavailable">True if the provider did not answer, so that trying again may help.</param>
public sealed class OpenIdException(string message, bool isProviderUnavailable = false) : Exception(message)
{
    /// <summary>True if the provider did not answer, so that trying again may help.</summary>
    public bool IsProviderUnavailable => isProviderUnavailable;
}
