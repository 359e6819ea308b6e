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
/// the log captures no texts, nothing is touched here.
/// </summary>
internal sealed class CallAudit(AuditLog log, TimeProvider clock)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly AuditOptions _options = log.Options;

    /// <summary>Whether prompts are captured.</summary>
    public bool KeepsPrompts => _options.Texts != AuditTexts.Off;

    /// <summary>Whether responses are captured, too.</summary>
    public bool KeepsAnswers => _options.Texts == AuditTexts.All;

    /// <summary>The longest text that is captured, in bytes.</summary>
    public int MaxText => _options.MaxText;

    /// <summary>
    /// Captures the prompt. If calls are refused while the log is unavailable, the prompt is durable before anything is
    /// sent.
    /// </summary>
    /// <returns>Null if the call may proceed.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayError?> PromptAsync(GatewayCall call)
    {
        var (text, isCut) = AuditText.Read(call.Body.Bytes, MaxText);
        var entry = Entry(call, AuditEntryType.Prompt) with
        {
            Model = call.CallerModel,
            PromptText = text,
            IsTruncated = isCut,
        };
        if (_options.WhenUnavailable == AuditOutage.Refuse)
        {
            return await log.WriteAsync(entry)
                ? null
                : GatewayError.Overloaded(
                    "The transcript log cannot be written at the moment, so no calls are forwarded.",
                    RetryAfter,
                    "audit_unavailable"
                );
        }

        await log.AppendAsync(entry);
        return null;
    }

    /// <summary>Captures the response, or as much of it as arrived.</summary>
    public ValueTask AnswerAsync(
        GatewayCall call,
        Attempt attempt,
        AnswerEnd end,
        UsageReading reading,
        AuditedMeter meter
    )
    {
        var (text, isCut) = meter.TakeAnswer();
        return log.AppendAsync(
            Entry(call, AuditEntryType.Answer) with
            {
                Attempt = attempt.Id.Attempt,
                Provider = attempt.Target.Deployment.Provider,
                Model = attempt.Model,
                AnswerText = text,
                CompletionId = reading.ResponseId,
                IsTruncated = isCut || !end.IsWhole,
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
    public void Refused(GatewayCall call, GatewayError error, VirtualKey? key)
    {
        if (!_options.KeepsRefusals || !IsRefusal(error))
            return;
        log.Refusals.Add(
            Refusal(error) with
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
    public void Refused(GatewayError error)
    {
        if (_options.KeepsRefusals && IsRefusal(error))
            log.Refusals.Add(Refusal(error));
    }

    /// <summary>A 400 is the caller's mistake, unless the reason is a limit that the request can never fit.</summary>
    private static bool IsRefusal(GatewayError error) =>
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

    private RefusalEntry Refusal(GatewayError error) =>
        new()
        {
            Time = clock.GetUtcNow(),
            Status = error.Status,
            Code = error.Code,
            Limit = error.Limit,
            Message = error.Message,
        };

    private AuditEntry Entry(GatewayCall call, AuditEntryType type)
    {
        var now = clock.GetUtcNow();
        return new AuditEntry
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
