namespace Tollgate.Metering.Usage;

/// <summary>
/// Tokens as the caller's own tokenizer counted them, kept beside what the provider states. Each may be unknown.
/// </summary>
/// <param name="Input">Tokens of the prompt.</param>
/// <param name="Output">Tokens of the completion.</param>
/// <param name="Total">Both together; where it is not given and both parts are, their sum.</param>
public readonly record struct LocalTokens(long? Input, long? Output, long? Total);
