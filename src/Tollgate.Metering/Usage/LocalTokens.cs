namespace Tollgate.Metering.Usage;

/// <summary>
/// Tokens as counted by the caller's own tokenizer, stored next to the provider's counts. Each may be unknown.
/// </summary>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Tokens of the completion.</param>
/// <param name="Total">Both together; if absent while both parts are present, their sum.</param>
public readonly record struct LocalTokens(long? Input, long? Output, long? Total);
