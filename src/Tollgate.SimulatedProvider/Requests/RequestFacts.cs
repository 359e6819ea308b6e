namespace Tollgate.SimulatedProvider.Requests;

/// <summary>What the provider must know of a request to answer it.</summary>
internal sealed class RequestFacts
{
    public string? Model { get; set; }
    public bool Stream { get; set; }
    public bool IncludeUsage { get; set; }

    /// <summary>Whether a Gemini stream was asked for as <c>alt=sse</c>.</summary>
    public bool ServerSentEvents { get; set; }
    public int Choices { get; set; } = 1;
    public long? MaxOutputTokens { get; set; }

    /// <summary>How many embeddings are asked for.</summary>
    public int Inputs { get; set; } = 1;
    public int? Dimensions { get; set; }
    public bool Base64 { get; set; }

    /// <summary>The size of the body, from which usage is derived where no script states it.</summary>
    public int Bytes { get; set; }
}
