using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Requests;

/// <summary>What the gate needs to know of a request's body, read without building an object of it.</summary>
internal sealed class RequestFields
{
    /// <summary>The model as the caller named it; null where the body names none.</summary>
    public string? Model { get; set; }

    /// <summary>Where the model's JSON value stands.</summary>
    public ByteRange ModelValue { get; set; }

    /// <summary>Whether a stream was asked for.</summary>
    public bool Stream { get; set; }

    /// <summary>The caller's bound on output tokens for one choice; null where there is none.</summary>
    public long? MaxOutputTokens { get; set; }

    /// <summary>How many choices were asked for.</summary>
    public long Choices { get; set; } = 1;

    /// <summary>The class of service that was asked for.</summary>
    public ServiceTier ServiceTier { get; set; }

    /// <summary>The end user that the body names.</summary>
    public string? EndUser { get; set; }

    /// <summary>Where the value of <c>stream_options</c> stands; null where it is absent.</summary>
    public ByteRange? StreamOptions { get; set; }

    /// <summary>Whether <c>stream_options</c> is an object; it may be null.</summary>
    public bool StreamOptionsIsObject { get; set; }

    /// <summary>Whether the object of <c>stream_options</c> has no member.</summary>
    public bool StreamOptionsIsEmpty { get; set; }

    /// <summary>Where the value of <c>stream_options.include_usage</c> stands; null where it is absent.</summary>
    public ByteRange? IncludeUsageValue { get; set; }

    /// <summary>Whether the caller asked for the usage chunk.</summary>
    public bool IncludeUsage { get; set; }

    /// <summary>Where the body's opening brace stands.</summary>
    public long BodyStart { get; set; }
}

/// <summary>A range of a request's bytes.</summary>
internal readonly record struct ByteRange(long Start, int Length);
