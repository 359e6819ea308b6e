namespace Tollgate.SimulatedProvider.Serving;

/// <summary>
/// Leaves a request whose answer has begun. The server then closes the connection after what was sent, without the
/// end of the answer; aborting it outright could throw away bytes that are already on their way.
/// </summary>
internal sealed class DeliveryCutException() : Exception("The script cuts this answer.");
