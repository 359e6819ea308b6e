namespace Tollgate.Metering.Usage;

/// <summary>The id of one physical attempt: the call's UUIDv7 and the attempt's number, starting at 1.</summary>
/// <remarks>Writing the same id twice results in one record.</remarks>
public readonly record struct CallId(Guid Call, int Attempt)
{
    /// <summary>The identity as written in logs, such as <c>0198c0de-…/1</c>.</summary>
    public override string ToString() => $"{Call:D}/{Attempt}";
}
