namespace Tollgate.SimulatedProvider.Requests;

/// <summary>The fields of a request that the provider needs to respond to it.</summary>
internal sealed class RequestFacts
{
    public string? Model { get; set; }
    public bool Stream { get; set; }
    public bool IncludeUsage { get; set; }

    /// <summary>True if a Gemini stream was requested with <c>alt=sse</c>.</summary>
    public bool ServerSentEvents { get; set; }
    public int Choices { get; set; } = 1;
    public long? MaxOutputTokens { get; set; }

    /// <summary>The number of embeddings requested.</summary>
    public int Inputs { get; set; } = 1;
    public int? Dimensions { get; set; }
    public bool Base64 { get; set; }

    /// <summary>The size of the body, from which usage is derived unless it is scripted.</summary>
    public int Bytes { get; set; }
}
