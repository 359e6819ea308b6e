using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Variables;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Metering;

namespace Tollgate.Configuration.Routes;

/// <summary>A reachable provider, or the reason why it is not; without a reason if that was already reported.</summary>
/// <param name="Template">A deployment without a model.</param>
/// <param name="Unconfigured">The missing part, if any: not an error.</param>
/// <param name="Error">The error, if any.</param>
internal readonly record struct Endpoint(Deployment? Template, string? Unconfigured = null, string? Error = null);

/// <summary>
/// Assembles a provider's endpoint from, in order of precedence, the deployment, the provider's section, the stored
/// keys, the environment, and the built-in list of providers.
/// </summary>
/// <param name="declared">The providers of the file.</param>
/// <param name="variables">The environment.</param>
/// <param name="storedKeys">The keys that the registry stores, by provider id.</param>
internal sealed class Endpoints(
    IReadOnlyDictionary<string, ProviderDraft> declared,
    VariableSet variables,
    IReadOnlyDictionary<string, string> storedKeys
)
{
    // The latest generally available version of Azure's data plane, used if none is set.
    private const string AzureVersion = "2024-10-21";

    /// <summary>True if a provider id is known or declared.</summary>
    public bool IsKnown(string id) => declared.ContainsKey(id) || KnownProviders.ById.ContainsKey(id);

    public Endpoint Find(string id, EndpointDraft own)
    {
        var section = declared.GetValueOrDefault(id) ?? new ProviderDraft();
        if (section.IsBroken || own.IsBroken)
            return default;
        var known = KnownProviders.ById.GetValueOrDefault(section.Kind ?? id);
        if (section.Kind is { } kind && known is null)
            return new(null, Error: $"'{kind}' is not a known provider.{Suggest(kind)}");
        if (section.Unset.Concat(own.Unset).ToList() is { Count: > 0 } unset && !IsCompletedByStoredKey(id, own))
            return new(null, $"{string.Join(" and ", unset.Distinct())} is not set");

        var written = own.BaseUrl ?? section.BaseUrl;
        var fromEnvironment = written is null ? AddressVariable(id) : null;
        if (
            fromEnvironment is not null
            && !SettingTypes.Address.TryRead(variables.Find(fromEnvironment)!, "", out written)
        )
            return new(null, Error: $"The value of {fromEnvironment} is not {SettingTypes.Address.Expected}.");
        if ((written ?? known?.BaseAddress) is not { } address)
            return known is null
                ? new(null, Error: DescribeMissingAddress(id))
                : new(null, $"{Prefix(id)}_BASE_URL is not set, and there is no base_url");

        var isTheirs = known is not null && (fromEnvironment is not null || IsProvidersOwnSite(known, address));
        var key = FindKey(id, section, own, isTheirs ? known : null);
        if (key.Value is null && isTheirs && known!.KeyVariables.Count > 0)
            return new(null, $"{known.KeyVariables[0]} is not set");
        if (key.Value?.AsSpan().ContainsAnyExceptInRange('!', '~') == true)
            return new(
                null,
                Error: $"The key of {id} contains a space, a line break or a character that is not printable ASCII."
            );
        return new(CreateTemplate(id, new EndpointSources(known, section, own), address, key, isTheirs));
    }

    /// <summary>
    /// True if the registry has the key of a provider whose section or deployment lacks only that. A deployment with an
    /// address of its own may be at any server, which must not receive it.
    /// </summary>
    public bool IsCompletedByStoredKey(string id, EndpointDraft own)
    {
        var section = declared.GetValueOrDefault(id) ?? new ProviderDraft();
        return storedKeys.ContainsKey(id)
            && own.BaseUrl is null
            && (own.Unset.Count == 0 || own.LacksOnlyKey)
            && (section.Unset.Count == 0 || section.LacksOnlyKey);
    }

    /// <summary>
    /// Finds the key. A stored key is used only at the address of its provider: a file may name any other server.
    /// </summary>
    private EndpointKey FindKey(string id, ProviderDraft section, EndpointDraft own, Provider? theirs)
    {
        if (own.ApiKey is not null)
            return new(own.ApiKey, KeySource.Configuration, own.KeyVariable);
        if (section.ApiKey is not null)
            return new(section.ApiKey, KeySource.Configuration, section.KeyVariable);
        if ((own.BaseUrl is null || theirs is not null) && storedKeys.TryGetValue(id, out var stored))
            return new(stored, KeySource.Registry, null);
        foreach (var variable in theirs?.KeyVariables ?? [])
            if (variables.Find(variable) is { } value)
                return new(value, KeySource.Environment, variable);
        return default;
    }

    private Deployment CreateTemplate(string id, EndpointSources sources, Uri address, EndpointKey key, bool isTheirs)
    {
        var (known, section, own) = sources;
        var dialect = section.Dialect ?? known?.Dialect ?? WireDialect.OpenAI;
        return new Deployment
        {
            Name = id,
            Provider = known?.Id ?? id,
            Dialect = dialect,
            BaseAddress = known?.Id == "ollama" && address.AbsolutePath == "/" ? new Uri(address, "v1") : address,
            ApiKey = key.Value,
            KeySource = key.Source,
            KeyVariable = key.Variable,
            KeyPlacement =
                section.KeyPlacement ?? (known?.Dialect == dialect ? known.KeyPlacement : DefaultPlacement(dialect)),
            AcceptsStreamOptions = section.StreamOptions ?? known?.AcceptsStreamOptions ?? true,
            ApiVersion = own.ApiVersion ?? section.ApiVersion ?? (known?.Id == "azure" ? VersionFor(address) : null),
            Headers = Headers(known, section, own, isTheirs),
            Http2Cleartext = own.Http2 ?? section.Http2 ?? false,
        };
    }

    private Dictionary<string, string> Headers(Provider? known, EndpointDraft section, EndpointDraft own, bool isTheirs)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (isTheirs && known!.Id == "openai" && variables.Find("OPENAI_ORG_ID") is { } organization)
            headers["OpenAI-Organization"] = organization;
        foreach (var (name, value) in section.Headers.Concat(own.Headers))
            headers[name] = value;
        return headers;
    }

    private string? VersionFor(Uri azure) =>
        azure.AbsolutePath.Contains("/v1", StringComparison.Ordinal)
            ? null
            : variables.FindFirst(["AZURE_API_VERSION", "OPENAI_API_VERSION"]) ?? AzureVersion;

    private static KeyPlacement DefaultPlacement(WireDialect dialect) =>
        dialect switch
        {
            WireDialect.Anthropic => KeyPlacement.XApiKey,
            WireDialect.Gemini => KeyPlacement.XGoogApiKey,
            _ => KeyPlacement.Bearer,
        };

    private string? AddressVariable(string id) =>
        new[] { Prefix(id) + "_BASE_URL", Prefix(id) + "_API_BASE" }.FirstOrDefault(name =>
            variables.Find(name) is not null
        );

    private static string Prefix(string id) => id.ToUpperInvariant().Replace('-', '_');

    /// <summary>
    /// True if an address is the provider's own, so that the environment's key may be sent there: any other address in
    /// a
    /// file must not receive it.
    /// </summary>
    private static bool IsProvidersOwnSite(Provider known, Uri address) =>
        known.BaseAddress is not { } theirs || Site(theirs) == Site(address);

    private static string Site(Uri address) => string.Join('.', address.Host.Split('.').TakeLast(2)).ToLowerInvariant();

    private string DescribeMissingAddress(string id) =>
        $"'{id}' is neither a known provider nor one with a base_url under 'providers'.{Suggest(id)}";

    private string Suggest(string id) =>
        NameSuggestion.FindNearest(id, declared.Keys.Concat(KnownProviders.ById.Keys).Where(other => other != id))
            is { } near
            ? $" Did you mean '{near}'?"
            : "";

    /// <summary>A key and its source; nothing if there is none.</summary>
    private readonly record struct EndpointKey(string? Value, KeySource Source, string? Variable);

    /// <summary>The parts that an endpoint is assembled from.</summary>
    private readonly record struct EndpointSources(Provider? Known, ProviderDraft Section, EndpointDraft Own);
}
