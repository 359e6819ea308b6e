using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// The target of a batch's binary COPY before one statement records it: a temporary table of the connection, emptied by
/// each commit.
/// </summary>
internal static class StagingTable
{
    private static readonly UsageColumnSql Table = PostgreSqlDialect.Instance.Columns;

    /// <summary>
    /// The column in addition to those of the records table: the position in the batch, so that the first of two
    /// duplicates is recorded.
    /// </summary>
    public const string Ordinal = "ordinal";

    /// <summary>Also makes the commit durable even if the server is configured not to wait for its disk.</summary>
    private static readonly string CreateSql =
        "SELECT set_config('client_min_messages', 'warning', true), "
        + "set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), true), "
        + $"{BlockFold.Share}; "
        + "CREATE TEMP TABLE IF NOT EXISTS staged_usage ON COMMIT DELETE ROWS "
        + $"AS SELECT {UsageColumnSql.Join(Table.Usage)}, 0 AS {Ordinal} FROM usage WHERE false";

    private static readonly string CopySql =
        $"COPY staged_usage ({UsageColumnSql.Join(Table.Usage)}, {Ordinal}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Fills the table within the connection's transaction.</summary>
    public static async Task FillAsync(
        NpgsqlConnection connection,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        await connection.RunAsync(CreateSql, cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(CopySql, cancellationToken);
        for (var i = 0; i < records.Count; i++)
        {
            await copy.StartRowAsync(cancellationToken);
            await new Row(copy, cancellationToken).WriteAsync(records[i]);
            await copy.WriteAsync(i, NpgsqlDbType.Integer, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Writes one record in the order of <see cref="UsageColumnSql.Usage"/>.</summary>
    private readonly struct Row(NpgsqlBinaryImporter copy, CancellationToken cancellationToken)
    {
        public async Task WriteAsync(UsageRecord record)
        {
            await AddAsync(record.Id.Call);
            await AddAsync(record.Id.Attempt);
            await copy.WriteAsync(
                PostgreSqlCommands.ToStored(record.StartedAt.ToMicros()),
                NpgsqlDbType.TimestampTz,
                cancellationToken
            );
            await AddAllAsync(record.Provider, record.Model, record.ModelGroup, record.Deployment, record.Operation);
            await copy.WriteAsync(record.Streamed, NpgsqlDbType.Boolean, cancellationToken);
            await AddAsync((short)record.ServiceTier);
            var attribution = record.Attribution;
            await AddAllAsync(
                attribution.KeyId,
                attribution.User,
                attribution.Project,
                attribution.Session,
                attribution.Application,
                attribution.EndUser,
                attribution.Tags
            );
            await WriteCountsAsync(record);
            await WriteOutcomeAsync(record);
        }

        private async Task WriteCountsAsync(UsageRecord record)
        {
            for (var kind = 0; kind < TokenUsage.KindCount; kind++)
                await AddAsync(record.Usage[(UsageKind)kind]);
            await AddAsync(record.Duration.ToMicros());
            await AddAsync(record.TimeToFirstToken?.ToMicros());
            await AddAsync(record.ResponseModel);
            await AddAsync((short)record.UsageSource);
            await AddAsync(record.Local.Input);
            await AddAsync(record.Local.Output);
            await AddAsync(record.Local.Total);
        }

        private async Task WriteOutcomeAsync(UsageRecord record)
        {
            if (record.Cost is { } cost)
                await copy.WriteAsync(cost.Usd, NpgsqlDbType.Numeric, cancellationToken);
            else
                await copy.WriteNullAsync(cancellationToken);
            await AddAsync(record.CostSource);
            await AddAsync((short)record.Outcome);
            await AddAsync(record.StatusCode);
            await AddAllAsync(record.ErrorType, record.ResponseId);
            if (record.Corrects is { } corrected)
            {
                await AddAsync(corrected.Call);
                await AddAsync(corrected.Attempt);
                return;
            }

            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
        }

        private async Task AddAllAsync(params string?[] texts)
        {
            foreach (var text in texts)
                await AddAsync(text);
        }

        private Task AddAsync(string? text) =>
            text is null
                ? copy.WriteNullAsync(cancellationToken)
                : copy.WriteAsync(PostgreSqlStoredText.Normalize(text), NpgsqlDbType.Text, cancellationToken);

        private Task AddAsync(Guid id) => copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);

        private Task AddAsync(short number) => copy.WriteAsync(number, NpgsqlDbType.Smallint, cancellationToken);

        private Task AddAsync(int number) => copy.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken);

        private Task AddAsync(long number) => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken);

        private Task AddAsync(long? number) =>
            number is { } value ? AddAsync(value) : copy.WriteNullAsync(cancellationToken);
    }
}
