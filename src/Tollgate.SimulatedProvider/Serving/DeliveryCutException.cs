namespace Tollgate.SimulatedProvider.Serving;

/// <summary>
/// Leaves a request whose response has started. The server then closes the connection after the bytes that were sent,
/// without the end of the response; aborting it outright could discard bytes that are already in transit.
/// </summary>
internal sealed class DeliveryCutException() : Exception("The script cuts this response.");
