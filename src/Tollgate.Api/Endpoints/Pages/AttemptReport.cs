using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Endpoints.Pages;

/// <summary>An attempt of a call.</summary>
internal sealed record AttemptReport
{
    public required int Attempt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string? ModelGroup { get; init; }

    public required string? ResponseModel { get; init; }

    public required string? Deployment { get; init; }

    public required string Operation { get; init; }

    public required bool Streamed { get; init; }

    public required string Outcome { get; init; }

    public required int Status { get; init; }

    public required string? ErrorType { get; init; }

    public required string UsageSource { get; init; }

    public required long InputTokens { get; init; }

    public required long CachedTokens { get; init; }

    public required long OutputTokens { get; init; }

    public required long ReasoningTokens { get; init; }

    public required string ServiceTier { get; init; }

    public required decimal? CostUsd { get; init; }

    public required string? CostSource { get; init; }

    public required double DurationMs { get; init; }

    public required double? TimeToFirstTokenMs { get; init; }

    public static AttemptReport Create(UsageRecord attempt) =>
        new()
        {
            Attempt = attempt.Id.Attempt,
            StartedAt = attempt.StartedAt,
            Provider = attempt.Provider,
            Model = attempt.Model,
            ModelGroup = attempt.ModelGroup,
            ResponseModel = attempt.ResponseModel,
            Deployment = attempt.Deployment,
            Operation = attempt.Operation,
            Streamed = attempt.Streamed,
            Outcome = Format(attempt.Outcome),
            Status = attempt.StatusCode,
            ErrorType = attempt.ErrorType,
            UsageSource = Format(attempt.UsageSource),
            InputTokens = attempt.Usage.InputTokens,
            CachedTokens = attempt.Usage.CachedTokens,
            OutputTokens = attempt.Usage.OutputTokens,
            ReasoningTokens = attempt.Usage[UsageKind.OutputReasoning],
            ServiceTier = Format(attempt.ServiceTier),
            CostUsd = attempt.Cost?.Usd,
            CostSource = attempt.CostSource,
            DurationMs = attempt.Duration.TotalMilliseconds,
            TimeToFirstTokenMs = attempt.TimeToFirstToken?.TotalMilliseconds,
        };

    private static string Format<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
