using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Client.Jobs;
using Tollgate.Client.Simulations;

namespace Tollgate.Client;

/// <summary>Work in the background: starts it, waits for it, and reads its results.</summary>
public sealed class JobClient
{
    private const string Path = "api/v1/jobs";

    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly ApiConnection _connection;
    private readonly TimeProvider _time;

    internal JobClient(ApiConnection connection, TimeProvider time) => (_connection, _time) = (connection, time);

    /// <summary>Starts a simulation.</summary>
    public Task<Job> StartSimulationAsync(SimulationRequest request, CancellationToken cancellationToken = default) =>
        StartAsync("simulation", request, ClientJson.Default.SimulationRequest, cancellationToken);

    /// <summary>Starts an export.</summary>
    public Task<Job> StartExportAsync(ExportRequest request, CancellationToken cancellationToken = default) =>
        StartAsync("export", request, ClientJson.Default.ExportRequest, cancellationToken);

    /// <summary>Starts a rerating, or its preview.</summary>
    public Task<Job> StartRerateAsync(RerateRequest request, CancellationToken cancellationToken = default) =>
        StartAsync("rerate", request, ClientJson.Default.RerateRequest, cancellationToken);

    /// <summary>Starts a reconciliation.</summary>
    public Task<Job> StartReconciliationAsync(
        ReconciliationRequest request,
        CancellationToken cancellationToken = default
    ) => StartAsync("reconciliation", request, ClientJson.Default.ReconciliationRequest, cancellationToken);

    /// <summary>Uploads a CSV file of flows, and starts its analysis.</summary>
    /// <param name="csv">The file, of at most 256 MiB; it stays open.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    public async Task<Job> StartFlowsAsync(Stream csv, CancellationToken cancellationToken = default)
    {
        using var response = await _connection.SendAsync(
            HttpMethod.Post,
            $"{Path}/flows",
            ApiConnection.CreateFile(new UnownedStream(csv), "text/csv"),
            cancellationToken
        );
        return await ApiConnection.ReadAsync(response, ClientJson.Default.Job, cancellationToken);
    }

    /// <summary>Lists the jobs that the sender may see, newest first.</summary>
    public IAsyncEnumerable<Job> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync(Path, ClientJson.Default.ListDocumentJob, cancellationToken);

    /// <summary>Returns a job.</summary>
    public Task<Job> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"{Path}/{id}", ClientJson.Default.Job, cancellationToken);

    /// <summary>Waits until a job has ended, and returns it, however it ended.</summary>
    /// <param name="id">The job.</param>
    /// <param name="progress">Receives each change; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the job goes on.</param>
    public async Task<Job> WaitAsync(
        Guid id,
        IProgress<Job>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        while (true)
        {
            try
            {
                if (await WatchAsync(id, progress, cancellationToken) is { } ended)
                    return ended;
            }
            catch (IOException)
            {
                // The connection broke; the job goes on.
            }

            await Task.Delay(ReconnectDelay, _time, cancellationToken);
        }
    }

    /// <summary>Cancels a job.</summary>
    public async Task CancelAsync(Guid id, CancellationToken cancellationToken = default)
    {
        using var response = await _connection.SendAsync(HttpMethod.Delete, $"{Path}/{id}", null, cancellationToken);
    }

    /// <summary>Opens the result of a job that succeeded. The caller disposes the stream.</summary>
    public async Task<Stream> OpenResultAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var response = await _connection.SendAsync(HttpMethod.Get, $"{Path}/{id}/result", null, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    private Task<Job> StartAsync<T>(
        string kind,
        T request,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) => _connection.PostAsync($"{Path}/{kind}", request, type, ClientJson.Default.Job, cancellationToken);

    /// <summary>Reads the events of a job; returns null if the stream ends before the job.</summary>
    private async Task<Job?> WatchAsync(Guid id, IProgress<Job>? progress, CancellationToken cancellationToken)
    {
        using var response = await _connection.SendAsync(
            HttpMethod.Get,
            $"{Path}/{id}/events",
            null,
            cancellationToken
        );
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var job = JsonSerializer.Deserialize(line["data: ".Length..], ClientJson.Default.Job)!;
            progress?.Report(job);
            if (job.HasEnded)
                return job;
        }

        return null;
    }
}
