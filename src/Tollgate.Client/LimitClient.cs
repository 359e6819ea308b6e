using Tollgate.Client.Limits;

namespace Tollgate.Client;

/// <summary>Limits on calls, tokens, and cost.</summary>
public sealed class LimitClient
{
    private const string Path = "api/v1/limits";

    private readonly ApiConnection _connection;

    internal LimitClient(ApiConnection connection) => _connection = connection;

    /// <summary>Lists the limits.</summary>
    public IAsyncEnumerable<Limit> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync(Path, ClientJson.Default.ListDocumentLimit, cancellationToken);

    /// <summary>Sets a limit; another one with the same metric, window, and scope is replaced.</summary>
    public async Task<Limit> SetAsync(LimitSetting setting, CancellationToken cancellationToken = default) =>
        (
            await _connection.PostAsync(
                Path,
                setting,
                ClientJson.Default.LimitSetting,
                ClientJson.Default.LimitChange,
                cancellationToken
            )
        ).After;

    /// <summary>Deletes a limit, as it is now.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await _connection.SendAsync(
            HttpMethod.Delete,
            $"{Path}/{Uri.EscapeDataString(id)}",
            null,
            cancellationToken
        );
    }
}
