namespace Tollgate.Metering.Tokens;

/// <summary>How a model splits text into tokens, as far as that is published.</summary>
public enum TokenEncoding
{
    /// <summary>Not published, or not known: see <see cref="TokenEstimate"/>.</summary>
    Estimate,

    /// <summary>OpenAI's <c>cl100k_base</c>: GPT-3.5, GPT-4, the embeddings.</summary>
    Cl100kBase,

    /// <summary>OpenAI's <c>o200k_base</c>: GPT-4o and all later models.</summary>
    O200kBase,
}
