namespace Tollgate.Api.Responses;

/// <summary>One event of an event stream.</summary>
/// <param name="Id">The position in the stream, which a reader sends as <c>Last-Event-ID</c> to continue.</param>
/// <param name="Name">The kind of event, such as <c>progress</c>.</param>
/// <param name="Data">The data, usually JSON.</param>
internal readonly record struct ServerEvent(string Id, string Name, string Data)
{
    /// <summary>Formats it as the event stream has it; data with several lines becomes several fields.</summary>
    public override string ToString()
    {
        var data = Data.ReplaceLineEndings("\ndata: ");
        return $"id: {Id}\nevent: {Name}\ndata: {data}\n\n";
    }
}
