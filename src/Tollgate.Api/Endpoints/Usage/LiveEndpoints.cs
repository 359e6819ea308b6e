using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>Calls as they are recorded.</summary>
internal sealed class LiveEndpoints(Workspace workspace)
{
    private const int MaxReaders = 100;
    private static readonly TimeSpan MaxResume = TimeSpan.FromHours(1);

    private readonly UsageReachResolver _reaches = new(workspace);
    private int _readers;

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(UsageRoutes.Live, FollowAsync)];

    private async Task<ApiResponse> FollowAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (Volatile.Read(in _readers) >= MaxReaders)
            throw new ProblemException(
                ProblemCode.Unavailable,
                $"{MaxReaders} programs follow the calls already, the maximum. Read /api/v1/calls instead."
            );
        var usage = new UsageOperations(
            workspace,
            await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken)
        );
        return new EventStreamResponse(SendAsync(request, usage, ReadPosition(request)), workspace.Time);
    }

    private async IAsyncEnumerable<ServerEvent> SendAsync(
        ApiRequest request,
        UsageOperations usage,
        DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        Interlocked.Increment(ref _readers);
        try
        {
            var position = FormatPosition(since ?? workspace.Now);
            var filters = request.Get(ScopeParameters.Filter);
            await foreach (var found in usage.FollowCallsAsync(filters, since, cancellationToken))
            {
                if (!await request.IsStillAllowedAsync(cancellationToken))
                    yield break;
                if (found.HasGap)
                    yield return new ServerEvent(position, "gap", "{}");
                foreach (var call in found.Calls)
                {
                    position = FormatPosition(call.StartedAt.AddSeconds((double)call.DurationS));
                    var data = JsonSerializer.Serialize(call, OperationsJson.Default.CallEntry);
                    yield return new ServerEvent(position, "call", data);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private DateTimeOffset? ReadPosition(ApiRequest request)
    {
        var text = request.Http.Request.Headers["Last-Event-ID"].ToString();
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var micros))
            return null;
        var oldest = workspace.Now - MaxResume;
        var latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() * 1000;
        var position = DateTimeOffset.UnixEpoch.AddMicroseconds(Math.Min(micros, latest));
        return position > oldest ? position : oldest;
    }

    private static string FormatPosition(DateTimeOffset end) =>
        ((end - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
