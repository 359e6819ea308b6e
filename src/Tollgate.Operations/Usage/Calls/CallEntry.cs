using System.Text.Json.Serialization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>One record: an attempt of a call, or a correction of one.</summary>
public sealed record CallEntry
{
    /// <summary>The id of the call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The start of the attempt.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The duration in seconds.</summary>
    public required decimal DurationS { get; init; }

    /// <summary>The time to the first byte of the response's body, in seconds; null if there was none.</summary>
    public required decimal? TimeToFirstTokenS { get; init; }

    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The model requested from the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The model group in the request; null if it named the model.</summary>
    public required string? ModelGroup { get; init; }

    /// <summary>The model that the provider reports.</summary>
    public required string? ResponseModel { get; init; }

    /// <summary>The deployment that served the attempt.</summary>
    public required string? Deployment { get; init; }

    /// <summary>The operation, such as <c>chat</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>True if the response was streamed.</summary>
    public required bool Streamed { get; init; }

    /// <summary>The service tier that was billed.</summary>
    public required ServiceTier ServiceTier { get; init; }

    /// <summary>The key, user, project, session, application, end user and tags.</summary>
    public required Attribution Attribution { get; init; }

    /// <summary>The consumption by kind.</summary>
    public required TokenUsage Tokens { get; init; }

    /// <summary>The source of the consumption.</summary>
    public required UsageSource UsageSource { get; init; }

    /// <summary>The cost; null if unpriced, which is not 0.</summary>
    [JsonConverter(typeof(MoneyTextJson))]
    public required Money? Cost { get; init; }

    /// <summary>The version of the price, or <c>caller</c>; null if unpriced.</summary>
    public required string? CostSource { get; init; }

    /// <summary>The outcome.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>True if the outcome counts as an error.</summary>
    public required bool IsError { get; init; }

    /// <summary>The provider's HTTP status; 0 if there was no response.</summary>
    public required int StatusCode { get; init; }

    /// <summary>A short class of the failure; null on success.</summary>
    public required string? ErrorType { get; init; }

    /// <summary>The provider's id of the response.</summary>
    public required string? ResponseId { get; init; }

    /// <summary>The id of the call that this record corrects; null if it is an attempt.</summary>
    public required Guid? CorrectsCall { get; init; }

    /// <summary>The record itself.</summary>
    [JsonIgnore]
    public UsageRecord? Record { get; init; }

    /// <summary>Describes a record.</summary>
    public static CallEntry Create(UsageRecord record) =>
        new()
        {
            CallId = record.Id.Call,
            Attempt = record.Id.Attempt,
            StartedAt = record.StartedAt,
            DurationS = Seconds(record.Duration),
            TimeToFirstTokenS = record.TimeToFirstToken is { } time ? Seconds(time) : null,
            Provider = record.Provider,
            Model = record.Model,
            ModelGroup = record.ModelGroup,
            ResponseModel = record.ResponseModel,
            Deployment = record.Deployment,
            Operation = record.Operation,
            Streamed = record.Streamed,
            ServiceTier = record.ServiceTier,
            Attribution = record.Attribution,
            Tokens = record.Usage,
            UsageSource = record.UsageSource,
            Cost = record.Cost,
            CostSource = record.CostSource,
            Outcome = record.Outcome,
            IsError = record.Corrects is null && UsageTotals.IsError(record.Outcome),
            StatusCode = record.StatusCode,
            ErrorType = record.ErrorType,
            ResponseId = record.ResponseId,
            CorrectsCall = record.Corrects?.Call,
            Record = record,
        };

    private static decimal Seconds(TimeSpan duration) => duration.Ticks / (decimal)TimeSpan.TicksPerSecond;
}
