using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Refuses calls whose user, project, application or conversation is deactivated, or is unknown although it must be
/// registered.
/// </summary>
internal sealed class RegistryAccessPolicy(RegistryRules rules)
{
    /// <summary>Returns the refusal of a call, or null if the call may proceed.</summary>
    public GatewayError? Check(Attribution attribution)
    {
        try
        {
            return rules.Check(attribution) is { } refusal
                ? GatewayError.Forbidden($"{refusal.Message} {GetAdvice(refusal)}", refusal.Code)
                : null;
        }
        catch (RegistryUnavailableException)
        {
            return RegistryUnavailable;
        }
    }

    /// <summary>
    /// The registry being unreadable is the gateway's problem, not the caller's: neither a 401 nor a free pass.
    /// </summary>
    public static GatewayError RegistryUnavailable =>
        GatewayError.Overloaded(
            "The gateway has been unable to read its virtual keys for too long; see /health.",
            TimeSpan.FromSeconds(5)
        );

    private static string GetAdvice(RegistryRefusal refusal) =>
        refusal.Reason switch
        {
            RegistryRefusalReason.Disabled => "Ask the operator of this gateway to activate it.",
            RegistryRefusalReason.Unknown => "Check the spelling, or ask the operator of this gateway to add it.",
            _ => $"Send it in the header "
                + $"x-tollgate-{(refusal.Kind == RegistryKinds.Application ? "app" : refusal.Kind)}, or use a "
                + $"key that is bound to one.",
        };
}
