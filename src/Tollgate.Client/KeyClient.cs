using Tollgate.Client.Keys;

namespace Tollgate.Client;

/// <summary>Virtual keys.</summary>
public sealed class KeyClient
{
    private const string Path = "api/v1/keys";

    private readonly ApiConnection _connection;

    internal KeyClient(ApiConnection connection) => _connection = connection;

    /// <summary>Lists the keys, without their secrets.</summary>
    public IAsyncEnumerable<VirtualKey> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync(Path, ClientJson.Default.ListDocumentVirtualKey, cancellationToken);

    /// <summary>Creates a key. Its secret is returned only this once.</summary>
    public Task<IssuedKey> CreateAsync(NewKey key, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(Path, key, ClientJson.Default.NewKey, ClientJson.Default.IssuedKey, cancellationToken);

    /// <summary>Revokes a key for good.</summary>
    public async Task<VirtualKey> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await _connection.SendAsync(
            HttpMethod.Post,
            $"{Path}/{Uri.EscapeDataString(id)}/revoke",
            null,
            cancellationToken
        );
        return await ApiConnection.ReadAsync(response, ClientJson.Default.VirtualKey, cancellationToken);
    }
}
