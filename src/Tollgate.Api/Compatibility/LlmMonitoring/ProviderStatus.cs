using Tollgate.Operations.Providers;

namespace Tollgate.Api.Compatibility.LlmMonitoring;

/// <summary>Describes the providers in the documented shape.</summary>
internal static class ProviderStatus
{
    /// <summary>The documented providers, which are always listed, with a model that each sells.</summary>
    private static readonly (string Name, string Model)[] Documented =
    [
        ("openai", "gpt-4o"),
        ("anthropic", "claude-sonnet-4-5"),
        ("gemini", "gemini-2.5-flash"),
    ];

    /// <summary>Creates the shape. Other providers are listed once they are configured with a key.</summary>
    public static StatusShape Create(ProviderSource source)
    {
        var all = source.ListProviders();
        var shapes = Documented
            .Select(documented =>
                Create(documented.Name, all.FirstOrDefault(provider => provider.Name == documented.Name))
            )
            .Concat(all.Where(IsOther).Select(static provider => Create(provider.Name, provider)))
            .ToList();
        var count = shapes.Count(static shape => shape.SetupGuide is null);
        return new StatusShape
        {
            Configured = count > 0,
            ConfiguredCount = count,
            TotalProviders = shapes.Count,
            DefaultProvider =
                source.DefaultProvider ?? shapes.FirstOrDefault(static shape => shape.SetupGuide is null)?.Name,
            Providers = shapes,
            Message = count > 0 ? $"{count} provider(s) ready" : "No providers configured",
        };
    }

    private static bool IsOther(ProviderDetails provider) =>
        provider is { Configured: true, Source: not ProviderKeySource.None }
        && !Array.Exists(Documented, documented => documented.Name == provider.Name);

    private static ProviderShape Create(string name, ProviderDetails? provider)
    {
        if (provider is not { Configured: true })
            return new ProviderShape
            {
                Name = name,
                Status = "not_configured",
                SetupGuide = $"Set {provider?.Variable ?? name.ToUpperInvariant() + "_API_KEY"} in .env file",
            };
        return new ProviderShape
        {
            Name = name,
            Status = "configured",
            Model = provider.Models.Count > 0 ? provider.Models[0] : FindModel(name),
        };
    }

    private static string? FindModel(string name) =>
        Array.Find(Documented, documented => documented.Name == name).Model;
}
