using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Anthropic;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Gemini;
using Tollgate.SimulatedProvider.OpenAI;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>Handles a billable call, and books its outcome.</summary>
internal sealed class CallHandler(
    SimulatedProviderOptions options,
    Bill bill,
    CallsInFlight inFlight,
    FailureScheduler dealer
)
{
    private readonly ResponseIdGenerator _ids = new(options.TimeProvider);
    private readonly FailureCounts _failures = new();

    /// <summary>The dialect of each API, by its number.</summary>
    public static IResponseDialect[] Dialects { get; } =
    [
        new ChatCompletionsDialect(),
        new CompletionsDialect(),
        new ResponsesDialect(),
        new EmbeddingsDialect(),
        new MessagesDialect(),
        new GenerateContentDialect(),
        new EmbedContentDialect(),
    ];

    public void Reset() => _failures.Reset();

    public async Task HandleAsync(HttpContext context, ProviderRoute route)
    {
        inFlight.Enter();
        try
        {
            await HandleCallAsync(context, route);
        }
        finally
        {
            inFlight.Exit();
        }
    }

    private async Task HandleCallAsync(HttpContext context, ProviderRoute route)
    {
        // 1. Credentials and body.
        var suffix = _ids.Next();
        RequestIds.Set(context, route.Family, suffix);
        if (!Credentials.ArePresent(context.Request, route.Family))
        {
            await RefuseAsync(context, route, 401, "No credentials were provided.");
            return;
        }

        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var (facts, script, error) = ParseRequest(context.Request, route, body.Span);
        if (error is not null)
        {
            await RefuseAsync(context, route, 400, error);
            return;
        }

        // 2. Failures, scripted or random. They come after the latency, as a real provider's would.
        var dealt = dealer.Next();
        var pace = new Pacing(options.TimeProvider, script, options);
        await pace.BeginAsync(context.RequestAborted);
        if (await FailAsync(context, route, script, dealt))
            return;

        // 3. Usage and content.
        var (tokens, unstatable) = UsagePlan.Create(route.Api, facts!, script);
        if (unstatable is not null)
        {
            await RefuseAsync(context, route, 400, unstatable);
            return;
        }

        var dialect = Dialects[(int)route.Api];
        var answer = new SimulatedResponse(route, facts!, script, tokens)
        {
            Id = new ResponseId(dialect.IdPrefix, suffix),
            Created = options.TimeProvider.GetUtcNow(),
        };

        // 4. The response itself, and the bill.
        await DeliverAsync(
            context,
            dialect,
            answer,
            pace,
            dealt is ScheduledFailure.Cut ? answer.DeltaCount / 2 : script.Cut
        );
    }

    private static (RequestFacts? Facts, CallScript Script, string? Fault) ParseRequest(
        HttpRequest request,
        ProviderRoute route,
        ReadOnlySpan<byte> body
    )
    {
        var (script, error) = CallScriptParser.Parse(body);
        if (error is not null)
            return (null, script, error);
        if (RequestFactsReader.Read(body) is not { } facts)
            return (null, script, "The request is not a JSON object with valid fields.");
        facts.Model = route.Family is ProviderFamily.Gemini ? route.Model : facts.Model ?? route.Model;
        facts.Stream |= route.IsStreaming;
        facts.ServerSentEvents = request.Query["alt"] == "sse";
        return (facts, script, facts.Model is null ? "The request does not name a model." : null);
    }

    private async Task<bool> FailAsync(
        HttpContext context,
        ProviderRoute route,
        CallScript script,
        ScheduledFailure dealt
    )
    {
        var stillFailing = script.FailTimes is not { } times || _failures.ShouldFail(script.Id ?? "", (int)times);
        if (script.Html is { } page && stillFailing)
        {
            bill.CountRefused((int)page);
            await ErrorResponse.SendHtmlAsync(context, (int)page);
            return true;
        }

        var status = dealt switch
        {
            ScheduledFailure.RateLimit => 429,
            ScheduledFailure.ServerError => 500,
            _ => stillFailing ? script.Error ?? (script.FailTimes is null ? null : 500) : null,
        };
        if (status is null)
            return false;
        var retryAfter = dealt is ScheduledFailure.RateLimit ? dealer.RetryAfter : script.RetryAfter;
        await RefuseAsync(
            context,
            route,
            (int)status,
            "The simulated provider was instructed to refuse this call.",
            retryAfter
        );
        return true;
    }

    private Task RefuseAsync(
        HttpContext context,
        ProviderRoute route,
        int status,
        string message,
        long? retryAfter = null
    )
    {
        bill.CountRefused(status);
        return ErrorResponse.SendAsync(context, route.Family, status, message, retryAfter);
    }

    private async Task DeliverAsync(
        HttpContext context,
        IResponseDialect dialect,
        SimulatedResponse answer,
        Pacing pace,
        long? cut
    )
    {
        var delivery = new Delivery(context, answer, pace, options.TimeProvider);
        var complete = false;
        try
        {
            complete =
                answer.Facts.Stream && dialect is IStreamDialect stream
                    ? await delivery.SendStreamAsync(stream, cut)
                    : await delivery.SendPlainAsync(dialect, cut);
        }
        finally
        {
            if (delivery.Generated is { } generated)
                bill.Book(
                    ToBilledCall(
                        answer,
                        complete ? answer.Tokens : generated,
                        complete ? CallState.Complete : CallState.Cut
                    )
                );
        }
    }

    private static BilledCall ToBilledCall(SimulatedResponse answer, in BilledTokens tokens, CallState state) =>
        new(answer.Id.Text, answer.Script.Id, answer.Model, answer.Route.Api, tokens, state);
}
