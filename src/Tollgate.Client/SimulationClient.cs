using System.Net;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Client.Jobs;
using Tollgate.Client.Simulations;

namespace Tollgate.Client;

/// <summary>
/// Simulations of pricing plans, analyses of usage, and collections of it. Each call returns when the gateway has the
/// result, however long that takes.
/// </summary>
public sealed class SimulationClient
{
    private readonly ApiConnection _connection;
    private readonly JobClient _jobs;

    internal SimulationClient(ApiConnection connection, JobClient jobs) => (_connection, _jobs) = (connection, jobs);

    /// <summary>Simulates months of usage under pricing plans.</summary>
    /// <param name="request">The simulation.</param>
    /// <param name="progress">Receives the progress of one that takes long; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the simulation goes on.</param>
    public Task<SimulationResult> SimulateAsync(
        SimulationRequest request,
        IProgress<Job>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            token => _connection.PostAsync("simulation", request, ClientJson.Default.SimulationRequest, token),
            ClientJson.Default.SimulationResult,
            progress,
            cancellationToken
        );

    /// <summary>Fits distributions to columns, and measures their dependence.</summary>
    /// <param name="request">The analysis.</param>
    /// <param name="progress">Receives the progress of one that takes long; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the analysis goes on.</param>
    public Task<AnalysisResult> AnalyzeAsync(
        AnalysisRequest request,
        IProgress<Job>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            token => _connection.PostAsync("analysis", request, ClientJson.Default.AnalysisRequest, token),
            ClientJson.Default.AnalysisResult,
            progress,
            cancellationToken
        );

    /// <summary>Collects the providers' own reports.</summary>
    /// <param name="request">The reports.</param>
    /// <param name="progress">Receives the progress of one that takes long; null for none.</param>
    /// <param name="cancellationToken">Ends the wait; the collection goes on.</param>
    public Task<CollectionResult> CollectAsync(
        CollectionRequest request,
        IProgress<Job>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            token => _connection.PostAsync("collect", request, ClientJson.Default.CollectionRequest, token),
            ClientJson.Default.CollectionResult,
            progress,
            cancellationToken
        );

    /// <summary>Returns the result of an earlier simulation.</summary>
    public Task<SimulationResult> GetResultAsync(Guid simulation, CancellationToken cancellationToken = default) =>
        _connection.GetAsync($"results/{simulation}", ClientJson.Default.SimulationResult, cancellationToken);

    /// <summary>Compares the plans of a simulation with its baseline.</summary>
    public Task<Comparison> CompareAsync(Guid simulation, CancellationToken cancellationToken = default) =>
        _connection.PostAsync(
            "compare",
            new OptimizeRequest(simulation.ToString()),
            ClientJson.Default.OptimizeRequest,
            ClientJson.Default.Comparison,
            cancellationToken
        );

    /// <summary>Recommends a plan of a simulation for a customer.</summary>
    /// <exception cref="TimeoutException">The gateway needs longer than a response; the message has the
    /// job.</exception>
    public async Task<Recommendation> OptimizeAsync(
        Guid simulation,
        UserProfile profile,
        CancellationToken cancellationToken = default
    )
    {
        using var response = await _connection.PostAsync(
            "optimize",
            new OptimizeRequest(simulation.ToString(), profile),
            ClientJson.Default.OptimizeRequest,
            cancellationToken
        );
        if (response.StatusCode != HttpStatusCode.Accepted)
            return await ApiConnection.ReadAsync(response, ClientJson.Default.Recommendation, cancellationToken);
        var job = await ApiConnection.ReadAsync(response, ClientJson.Default.Job, cancellationToken);
        throw new TimeoutException(
            $"The gateway still simulates the volume of the profile, as the job {job.Id}. Wait for it with "
                + "Jobs.WaitAsync, and read its result."
        );
    }

    /// <summary>Returns a simulation as an HTML page with charts.</summary>
    public async Task<string> VisualizeAsync(Guid simulation, CancellationToken cancellationToken = default)
    {
        using var response = await _connection.SendAsync(
            HttpMethod.Get,
            $"visualize/{simulation}",
            null,
            cancellationToken
        );
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<HttpResponseMessage>> startAsync,
        JsonTypeInfo<T> type,
        IProgress<Job>? progress,
        CancellationToken cancellationToken
    )
    {
        using var response = await startAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
            return await ApiConnection.ReadAsync(response, type, cancellationToken);
        var pending = await ApiConnection.ReadAsync(response, ClientJson.Default.PendingResult, cancellationToken);
        await _jobs.WaitAsync(pending.Id, progress, cancellationToken);
        return await _connection.GetAsync($"results/{pending.Id}", type, cancellationToken);
    }
}
