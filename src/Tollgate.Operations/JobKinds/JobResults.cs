using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Operations.Jobs;

namespace Tollgate.Operations.JobKinds;

/// <summary>Writes and reads the results of jobs.</summary>
public static class JobResults
{
    /// <summary>The number of threads of a computation. The gateway's calls keep one processor.</summary>
    internal static int Threads => Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Reads the result of a job; null if it has none.</summary>
    /// <param name="queue">The jobs.</param>
    /// <param name="job">The job.</param>
    /// <param name="type">The contract.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="JsonException">The file was changed by another program.</exception>
    public static async Task<T?> ReadAsync<T>(
        JobQueue queue,
        Guid job,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (queue.OpenResult(job) is not { } result)
            return null;
        await using (result)
            return await JsonSerializer.DeserializeAsync(result, type, cancellationToken);
    }

    /// <summary>Writes a result as JSON.</summary>
    internal static async Task WriteAsync<T>(JobContext context, T value, JsonTypeInfo<T> type)
    {
        context.ResultType = "application/json";
        await using var result = context.OpenResult();
        await JsonSerializer.SerializeAsync(result, value, type, context.CancellationToken);
    }
}
