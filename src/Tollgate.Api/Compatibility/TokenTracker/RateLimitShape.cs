using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.TokenTracker;

/// <summary>A limit on the requests of a model.</summary>
internal sealed record RateLimitShape
{
    public required string Id { get; init; }

    public required string Model { get; init; }

    public required decimal? Limit { get; init; }

    public required string Period { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}

/// <summary>A limit to be set.</summary>
internal sealed record SetRateLimitShape
{
    public required string Model { get; init; }

    public required long Limit { get; init; }

    /// <summary><c>minute</c>, <c>hour</c> or <c>day</c>.</summary>
    public required string Period { get; init; }
}

/// <summary>A limit on the cost of all calls.</summary>
internal sealed record BudgetShape
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required decimal? Amount { get; init; }

    public required string Period { get; init; }

    /// <summary>The day of the month on which it resets; null for the first, or another period.</summary>
    public int? ResetDay { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}

/// <summary>A budget to be set.</summary>
internal sealed record SetBudgetShape
{
    public required string Name { get; init; }

    public required decimal Amount { get; init; }

    /// <summary><c>total</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c> or <c>yearly</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The day of the month on which a monthly budget resets, from 1 to 28.</summary>
    public int? ResetDay { get; init; }
}
