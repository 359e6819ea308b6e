using System.Net;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Routing;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration;

/// <summary>Checks settings that are valid separately but conflict with each other.</summary>
internal static class SettingChecks
{
    public static void Check(GatewaySettings settings, string place, ProblemList problems)
    {
        var gateway = settings.Gateway;
        if (gateway.MaxRequestBodyBytes > gateway.RequestMemoryBytes)
        {
            problems.Error(
                place,
                "memory.max_request",
                $"The maximum request body ({SizeText.Write(gateway.MaxRequestBodyBytes)}) is larger than "
                    + $"the memory for all request bodies ({SizeText.Write(gateway.RequestMemoryBytes)}). "
                    + "Raise memory.request_bodies."
            );
        }

        AlertChecks.Check(settings.Alerts, place, problems);
        foreach (
            var deployment in Deployments(gateway.Routing)
                .Where(deployment => settings.Urls.Any(url => IsItself(url, deployment.BaseAddress)))
        )
        {
            problems.Error(
                place,
                "",
                $"{deployment.Name} is at {deployment.BaseAddress.GetLeftPart(UriPartial.Authority)}, "
                    + "where this gateway itself listens: its calls would loop. "
                    + "Set the provider's own address, or listen on another one."
            );
        }
    }

    /// <summary>An identity provider that is only half set up would look like one that is broken.</summary>
    public static void Check(OpenIdDraft provider, string place, ProblemList problems)
    {
        if (!provider.IsSet)
            return;
        if (provider.Issuer is null || provider.ClientId is null)
            problems.Error(place, "accounts.oidc", "An identity provider needs both issuer and client_id.");
        else if (provider.Issuer is { Scheme: "http", IsLoopback: false })
            problems.Error(
                place,
                "accounts.oidc.issuer",
                $"The issuer {provider.Issuer} is not encrypted, so anyone on the way could sign in. Use https."
            );
        else if (provider.Roles.Count == 0)
            problems.Warn(
                place,
                "accounts.oidc.roles",
                "No value of the role claim has a role, so people cannot sign in with the identity provider. "
                    + "Add roles, such as llm-admins: admin."
            );
    }

    private static IEnumerable<Deployment> Deployments(RoutingOptions routing) =>
        routing.Groups.SelectMany(static group => group.Deployments).Concat(routing.Providers.Values);

    private static bool IsItself(string url, Uri address) =>
        BindingAddress.Parse(url) is { IsUnixPipe: false, Port: > 0 } listened
        && listened.Port == address.Port
        && IsLocal(address.Host)
        && IsLocalOrWildcard(listened.Host);

    private static bool IsLocalOrWildcard(string host) => host is "*" or "+" or "0.0.0.0" or "[::]" || IsLocal(host);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
