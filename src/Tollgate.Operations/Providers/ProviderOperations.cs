using Tollgate.Accounting.AuditTrail;
using Tollgate.Metering;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Providers;

/// <summary>Lists and tests the providers of a gateway.</summary>
/// <param name="workspace">The ledger whose audit trail records tests.</param>
/// <param name="source">The providers.</param>
public sealed class ProviderOperations(Workspace workspace, ProviderSource source)
{
    /// <summary>Returns the providers that are known or declared, by name.</summary>
    public IReadOnlyList<ProviderDetails> List() => source.ListProviders();

    /// <summary>Returns a provider.</summary>
    /// <exception cref="OperationException">There is no such provider.</exception>
    public ProviderDetails Find(string name)
    {
        var all = source.ListProviders();
        if (all.FirstOrDefault(provider => provider.Name == name) is { } found)
            return found;
        var names = all.Select(static provider => provider.Name).ToList();
        var hint = NameSuggestion.FindNearest(name, names) is { } near
            ? $"Did you mean '{near}'?"
            : $"The providers are {string.Join(", ", names)}; others are declared under 'providers' in tollgate.yaml.";
        throw new OperationException(OperationError.NotFound, $"There is no provider '{name}'. {hint}", "providers");
    }

    /// <summary>Returns the deployments, those of the model list first.</summary>
    public IReadOnlyList<DeploymentDetails> ListDeployments() => source.ListDeployments();

    /// <summary>Sends a small request that costs nothing with the provider's key.</summary>
    /// <param name="name">The provider.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the test.</param>
    /// <exception cref="OperationException">There is no such provider, or it is not configured.</exception>
    public async Task<ProviderTestResult> TestAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var provider = Find(name);
        var result =
            await source.TestAsync(provider.Name, cancellationToken)
            ?? throw new OperationException(
                OperationError.Conflict,
                $"The provider '{name}' is not configured{(provider.Reason is { } reason ? $": {reason}" : "")}. "
                    + "Store a key first."
            );
        await workspace.AuditTrail.WriteAsync(
            actor,
            new AuditedChange("provider.test", name, After: $$"""{"outcome":"{{FormatOutcome(result.Outcome)}}"}""")
        );
        return result;
    }

    private static string FormatOutcome(ProviderTestOutcome outcome) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
