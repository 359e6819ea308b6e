using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Refuses calls whose user, project, application or conversation is deactivated, or is unknown although it must be
/// registered.
/// </summary>
internal sealed class MemberGuard(DirectoryRules rules)
{
    /// <summary>Returns the refusal of a call, or null if the call may proceed.</summary>
    public GatewayError? Refuse(Attribution whom)
    {
        try
        {
            return rules.Refuse(whom) is { } refusal
                ? GatewayError.Forbidden($"{refusal.Message} {Remedy(refusal)}", refusal.Code)
                : null;
        }
        catch (DirectoryUnavailableException)
        {
            return DirectoryUnknown;
        }
    }

    /// <summary>
    /// The registry being unreadable is the gateway's problem, not the caller's: neither a 401 nor a free pass.
    /// </summary>
    public static GatewayError DirectoryUnknown =>
        GatewayError.Overloaded(
            "The gateway has been unable to read its virtual keys for too long; see /health.",
            TimeSpan.FromSeconds(5)
        );

    private static string Remedy(DirectoryRefusal refusal) =>
        refusal.Reason switch
        {
            DirectoryRefusalReason.Disabled => "Ask the operator of this gateway to activate it.",
            DirectoryRefusalReason.Unknown => "Check the spelling, or ask the operator of this gateway to add it.",
            _ => $"Send it in the header "
                + $"x-tollgate-{(refusal.Kind == DirectoryKinds.Application ? "app" : refusal.Kind)}, or use a "
                + $"key that is bound to one.",
        };
}
