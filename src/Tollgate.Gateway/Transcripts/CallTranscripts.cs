using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Transcripts;

/// <summary>
/// Writes a call's transcript. Only bodies and the text of responses are captured: never a header, so never a key. If
/// the log captures no texts, or there is no log, nothing is touched here.
/// </summary>
internal sealed class CallTranscripts(TimeProvider clock, TranscriptLog? log = null)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly TranscriptOptions? _options = log?.Options;

    /// <summary>True if prompts are captured.</summary>
    public bool CapturesPrompts => _options is { Capture: not TranscriptCapture.Off };

    /// <summary>True if responses are captured, too.</summary>
    public bool CapturesResponses => _options is { Capture: TranscriptCapture.All };

    /// <summary>The longest text that is captured, in bytes.</summary>
    public int MaxTextBytes => _options?.MaxTextBytes ?? 0;

    /// <summary>
    /// Captures the prompt. If calls are refused while the log is unavailable, the prompt is durable before anything is
    /// sent.
    /// </summary>
    /// <returns>Null if the call may proceed.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayError?> WritePromptAsync(GatewayCall call)
    {
        var (text, isCut) = TranscriptText.Read(call.Body.Bytes, MaxTextBytes);
        var entry = CreateEntry(call, TranscriptEntryType.Prompt) with
        {
            Model = call.CallerModel,
            PromptText = text,
            IsTruncated = isCut,
        };
        if (_options!.WhenUnavailable == TranscriptOutagePolicy.Refuse)
        {
            return await log!.WriteAsync(entry)
                ? null
                : GatewayError.Overloaded(
                    "The transcript log cannot be written at the moment, so no calls are forwarded.",
                    RetryAfter,
                    "transcripts_unavailable"
                );
        }

        await log!.AppendAsync(entry);
        return null;
    }

    /// <summary>Captures the response, or as much of it as arrived.</summary>
    public ValueTask WriteResponseAsync(
        GatewayCall call,
        Attempt attempt,
        ResponseOutcome end,
        MeterReading reading,
        TranscriptMeter meter
    )
    {
        var (text, isCut) = meter.TakeResponse();
        return log!.AppendAsync(
            CreateEntry(call, TranscriptEntryType.Response) with
            {
                Attempt = attempt.Id.Attempt,
                Provider = attempt.Target.Deployment.Provider,
                Model = attempt.Model,
                ResponseText = text,
                CompletionId = reading.ResponseId,
                IsTruncated = isCut || !end.IsComplete,
            }
        );
    }

    /// <summary>
    /// Records that the gateway refused a call. A provider's error or failure is not a refusal by the gateway.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="error">The reason.</param>
    /// <param name="key">
    /// The key that was presented, if it exists; a call that is refused early is not attributed yet.
    /// </param>
    public void WriteDenial(GatewayCall call, GatewayError error, VirtualKey? key)
    {
        if (_options is not { RecordsDenials: true } || !IsDenial(error))
            return;
        log!.Denials.Add(
            CreateDenial(error) with
            {
                RequestId = call.RequestId,
                KeyId = key?.Id,
                User = call.Attribution.User ?? key?.User,
                Project = call.Attribution.Project ?? key?.Project,
                Application = call.Attribution.Application,
                Model = call.CallerModel.Length > 0 ? call.CallerModel : call.Fields.Model,
            }
        );
    }

    /// <summary>The same for requests that are not calls, such as unknown routes and model lists.</summary>
    public void WriteDenial(GatewayError error)
    {
        if (_options is { RecordsDenials: true } && IsDenial(error))
            log!.Denials.Add(CreateDenial(error));
    }

    /// <summary>A 400 is the caller's mistake, unless the reason is a limit that the request can never fit.</summary>
    private static bool IsDenial(GatewayError error) =>
        error.Kind switch
        {
            GatewayErrorKind.ProviderFailed or GatewayErrorKind.TimedOut => false,
            _ => error.Limit is not null
                || error.Status
                    is StatusCodes.Status401Unauthorized
                        or StatusCodes.Status403Forbidden
                        or StatusCodes.Status404NotFound
                        or StatusCodes.Status413PayloadTooLarge
                        or StatusCodes.Status429TooManyRequests
                        or StatusCodes.Status503ServiceUnavailable,
        };

    private DenialEntry CreateDenial(GatewayError error) =>
        new()
        {
            Time = clock.GetUtcNow(),
            Status = error.Status,
            Code = error.Code,
            Limit = error.Limit,
            Message = error.Message,
        };

    private TranscriptEntry CreateEntry(GatewayCall call, TranscriptEntryType type)
    {
        var now = clock.GetUtcNow();
        return new TranscriptEntry
        {
            Id = Guid.CreateVersion7(now),
            Type = type,
            Time = now,
            Call = call.Id,
            KeyId = call.Attribution.KeyId,
            User = call.Attribution.User,
            Project = call.Attribution.Project,
            Session = call.Attribution.Session,
            Application = call.Attribution.Application,
        };
    }
}
