namespace Tollgate.Operations.Prices;

/// <summary>A model whose recorded calls have no price.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model, as recorded.</param>
/// <param name="Calls">The number of its calls that still have no price.</param>
/// <param name="InputTokens">The input tokens of all its calls that were recorded without a price.</param>
/// <param name="OutputTokens">The output tokens of the same calls.</param>
public sealed record UnpricedModel(string? Provider, string? Model, long Calls, long InputTokens, long OutputTokens);
