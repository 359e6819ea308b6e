using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Endpoints.Streams;
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
    private static readonly TimeSpan MaxResume = TimeSpan.FromHours(1);

    private readonly UsageReachResolver _reaches = new(workspace);
    private readonly EventReaders _readers = new();

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(UsageRoutes.Live, FollowAsync)];

    private Task<ApiResponse> FollowAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        _readers.Enter(request);
        return Task.FromResult<ApiResponse>(
            new EventStreamResponse(SendAsync(request, ReadPosition(request)), workspace.Time)
        );
    }

    private async IAsyncEnumerable<ServerEvent> SendAsync(
        ApiRequest request,
        DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var position = FormatPosition(since ?? workspace.Now);
        // Each look has the reach of its time; this one does not count.
        var usage = new UsageOperations(workspace, UsageReach.Nothing);
        var batches = usage.FollowCallsAsync(
            request.Get(ScopeParameters.Filter),
            since,
            new SenderReach(request, _reaches, workspace.Time).ResolveAsync,
            cancellationToken
        );
        await foreach (var found in batches)
        {
            if (await request.FindSenderAsync(cancellationToken) is null)
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
