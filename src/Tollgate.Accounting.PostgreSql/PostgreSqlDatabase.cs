using Npgsql;
using Tollgate.Accounting.Ledger;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Runs work on pooled connections, and tells what its failures mean.</summary>
internal sealed class PostgreSqlDatabase(PostgreSqlAddress address, NpgsqlDataSource source) : IAsyncDisposable
{
    private const int MostTries = 8;

    public override string ToString() => address.ToString();

    /// <exception cref="LedgerUnavailableException">The database cannot be used now.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await OnConnectionAsync(work, cancellation);
        }
        catch (Exception failure) when (PostgreSqlFault.IsUnavailable(failure))
        {
            if (PostgreSqlFault.IsServerGone(failure)) source.Clear(); // What else is in the pool is as dead.
            throw new LedgerUnavailableException(
                $"{address} cannot be used: {failure.Message} Check that the server runs, that the address and the login are right, " +
                "and that it takes writes. The same call may be repeated without harm.",
                failure);
        }
        catch (PostgresException failure) when (PostgreSqlFault.IsMissingSchema(failure))
        {
            throw new LedgerSchemaException($"{address} has no complete ledger ({failure.MessageText}). Migrate it first: start the gateway once.");
        }
    }

    /// <summary>As above, for work in one transaction: where it collides with another's, all of it is done again.</summary>
    public Task<T> RunTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(
            async connection =>
            {
                for (var tries = 1; ; tries++)
                {
                    try
                    {
                        return await InTransactionAsync(connection, work, cancellation);
                    }
                    catch (PostgresException failure) when (tries < MostTries && PostgreSqlFault.IsCollision(failure))
                    {
                        // At once: the server has let the other one go first.
                    }
                }
            },
            cancellation);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> OnConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await work(connection);
    }

    private static async Task<T> InTransactionAsync<T>(NpgsqlConnection connection, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var result = await work(connection);
        // Whether a commit that was cancelled happened, nobody would know.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
