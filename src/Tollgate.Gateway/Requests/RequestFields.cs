using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Requests;

/// <summary>The fields that the gateway needs from a request's body, read without building an object from it.</summary>
internal sealed class RequestFields
{
    /// <summary>The model as the caller named it; null if the body has none.</summary>
    public string? Model { get; set; }

    /// <summary>The position of the model's JSON value.</summary>
    public ByteRange ModelValue { get; set; }

    /// <summary>True if a stream was requested.</summary>
    public bool Stream { get; set; }

    /// <summary>The caller's limit on output tokens for one choice; null if there is none.</summary>
    public long? MaxOutputTokens { get; set; }

    /// <summary>The number of choices requested.</summary>
    public long Choices { get; set; } = 1;

    /// <summary>The service tier requested.</summary>
    public ServiceTier ServiceTier { get; set; }

    /// <summary>The end user that the body names.</summary>
    public string? EndUser { get; set; }

    /// <summary>The position of the value of <c>stream_options</c>; null if absent.</summary>
    public ByteRange? StreamOptions { get; set; }

    /// <summary>True if <c>stream_options</c> is an object; it may be null.</summary>
    public bool StreamOptionsIsObject { get; set; }

    /// <summary>True if the object of <c>stream_options</c> is empty.</summary>
    public bool StreamOptionsIsEmpty { get; set; }

    /// <summary>The position of the value of <c>stream_options.include_usage</c>; null if absent.</summary>
    public ByteRange? IncludeUsageValue { get; set; }

    /// <summary>True if the caller requested the usage chunk.</summary>
    public bool IncludeUsage { get; set; }

    /// <summary>The position of the body's opening brace.</summary>
    public long BodyStart { get; set; }
}

/// <summary>A range of a request's bytes.</summary>
internal readonly record struct ByteRange(long Start, int Length);
