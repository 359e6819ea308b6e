namespace Tollgate.Gateway.Probing;

/// <summary>A name leads only to addresses that a test request must not reach.</summary>
internal sealed class ForbiddenAddressException(string host)
    : IOException($"The name {host} leads to a link-local or metadata address.");
