namespace Tollgate.Metering.Usage;

/// <summary>The identity of one physical attempt: the call's UUIDv7 and the attempt's number, from 1.</summary>
/// <remarks>Writing the same identity twice is one record.</remarks>
public readonly record struct CallId(Guid Call, int Attempt)
{
    /// <summary>The identity as written in logs, such as <c>0198c0de-…/1</c>.</summary>
    public override string ToString() => $"{Call:D}/{Attempt}";
}
