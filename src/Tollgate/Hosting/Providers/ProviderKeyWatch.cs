using Tollgate.Accounting.Registry;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Secrets;

namespace Tollgate.Hosting.Providers;

/// <summary>
/// Keeps the routes in line with the keys that the registry stores for providers: a change takes effect as soon as the
/// registry watcher has seen it. A key is decrypted when it changes, never during a call.
/// </summary>
internal sealed partial class ProviderKeyWatch : IHostedService
{
    private readonly Lock _lock = new();
    private readonly RegistryWatcher _registry;
    private readonly GatewayRoutes _routes;
    private readonly RouteSource? _source;
    private readonly ProviderKeyRing _ring;
    private readonly ILogger _log;
    private readonly HashSet<string> _reported = [];
    private long _version = -1;
    private Dictionary<string, string> _secrets = [];
    private volatile IReadOnlyDictionary<string, OpenedProviderKey> _keys = new Dictionary<string, OpenedProviderKey>();

    public ProviderKeyWatch(
        GatewaySettings settings,
        RegistryWatcher registry,
        GatewayRoutes routes,
        ILogger<ProviderKeyWatch> log
    )
    {
        (_registry, _routes, _source, _log) = (registry, routes, settings.Routes, log);
        _ring = new ProviderKeyRing(() => MasterKeyFile.OpenBox(settings.Identity, settings.DataFolder));
    }

    /// <summary>The stored keys by provider, as last seen.</summary>
    public IReadOnlyDictionary<string, OpenedProviderKey> Keys => _keys;

    /// <summary>The keys that can be used, by provider.</summary>
    public IReadOnlyDictionary<string, string> Secrets => Volatile.Read(ref _secrets);

    /// <summary>Puts the stored keys in force before the first call, and follows their changes.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registry.Changed += Apply;
        Apply(_registry.Snapshot);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _registry.Changed -= Apply;
        return Task.CompletedTask;
    }

    private void Apply(RegistrySnapshot snapshot)
    {
        lock (_lock)
        {
            if (snapshot.Version < _version)
                return; // A later snapshot was faster.
            _version = snapshot.Version;
            _keys = _ring.Open(snapshot);
            var secrets = _keys
                .Where(static pair => pair.Value.Secret is not null)
                .ToDictionary(static pair => pair.Key, static pair => pair.Value.Secret!, StringComparer.Ordinal);
            if (!IsSame(secrets, _secrets))
            {
                if (_source is not null)
                    _routes.Use(_source.Build(secrets));
                Volatile.Write(ref _secrets, secrets);
            }

            foreach (var (provider, key) in _keys)
                if (key.Problem is { } problem && _reported.Add($"{provider} {problem}"))
                    LogUnreadable(provider, problem);
        }
    }

    private static bool IsSame(Dictionary<string, string> left, Dictionary<string, string> right) =>
        left.Count == right.Count
        && left.All(pair => right.TryGetValue(pair.Key, out var other) && other == pair.Value);

    [LoggerMessage(63, LogLevel.Error, "The stored key of the provider '{Provider}' is not used: {Reason}")]
    private partial void LogUnreadable(string provider, string reason);
}
