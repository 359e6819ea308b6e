using Tollgate.Configuration;
using Tollgate.Gateway.Routing;

namespace Tollgate.Cli.Serving;

/// <summary>Prints the resulting settings and routes of a configuration. For keys, only whether there is one.</summary>
internal static class RoutePrinter
{
    public static void Print(LoadedConfiguration configuration, TextWriter output)
    {
        var (settings, routing) = (configuration.Settings, configuration.Settings.Gateway.Routing);
        output.WriteLine($"file    {configuration.File ?? "none"}");
        output.WriteLine($"listen  {string.Join(", ", settings.Urls)}");
        output.WriteLine($"data    {settings.DataFolder}");
        foreach (var group in routing.Groups)
            Print(group, output);
        foreach (var (id, deployment) in routing.Providers.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"any model of {id} -> {Describe(deployment)}");
        if (routing.Groups.Count == 0 && routing.Providers.Count == 0)
            output.WriteLine("no routes: every call returns 404");
    }

    private static void Print(ModelGroup group, TextWriter output)
    {
        var total = group.Deployments.Sum(static deployment => deployment.Weight);
        foreach (var deployment in group.Deployments)
            output.WriteLine(
                $"model {group.Name} -> {deployment.Name}, "
                    + $"{Describe(deployment)}{Share(deployment, total)}{PricedAs(deployment)}"
            );
        if (group.Fallbacks.Count > 0)
            output.WriteLine($"model {group.Name} falls back to {string.Join(", then ", group.Fallbacks)}");
    }

    // Without user info and query: either may contain a credential.
    private static string Describe(Deployment deployment) =>
        deployment.BaseAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        + (deployment.ApiKey is null ? ", no key" : ", key ****");

    private static string Share(Deployment deployment, int total) =>
        deployment.Weight == total ? "" : $", {100.0 * deployment.Weight / total:0} %";

    private static string PricedAs(Deployment deployment) =>
        deployment.PricedAs is { } model ? $", priced as {model}" : "";
}
