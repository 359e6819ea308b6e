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
/// What of a call goes to the audit log. Only bodies and the text of answers: never a header, so never a key. Where the
/// log keeps no texts, nothing here is touched.
/// </summary>
internal sealed class CallAudit(AuditLog log, TimeProvider clock)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly AuditOptions _options = log.Options;

    /// <summary>Whether what is asked is kept.</summary>
    public bool KeepsPrompts => _options.Texts != AuditTexts.Off;

    /// <summary>Whether what is answered is kept too.</summary>
    public bool KeepsAnswers => _options.Texts == AuditTexts.All;

    /// <summary>The longest text that is kept, in bytes.</summary>
    public int MaxText => _options.MaxText;

    /// <summary>
    /// Keeps what is asked. Where calls are refused while the log is away, the prompt is durable before anything is
    /// sent.
    /// </summary>
    /// <returns>Null where the call may go on.</returns>
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
                    "The audit log cannot be written now, so no call is passed on.",
                    RetryAfter,
                    "audit_unavailable"
                );
        }

        await log.AppendAsync(entry);
        return null;
    }

    /// <summary>Keeps what was answered, or as much of it as arrived.</summary>
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
    /// Keeps that the gate refused a call. What a provider answered, or failed to, is no refusal of the gate's.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="error">Why.</param>
    /// <param name="key">The key that was presented, where it is one; a call that is refused early is not attributed
    /// yet.</param>
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

    /// <summary>The same for a request that is no call: a route that there is not, a list of models.</summary>
    public void Refused(GatewayError error)
    {
        if (_options.KeepsRefusals && IsRefusal(error))
            log.Refusals.Add(Refusal(error));
    }

    /// <summary>A 400 is the caller's mistake, unless a limit is what the request can never fit.</summary>
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
