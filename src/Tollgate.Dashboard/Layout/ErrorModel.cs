namespace Tollgate.Dashboard.Layout;

/// <summary>A page that could not be shown.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Message">The error, and the remedy.</param>
public sealed record ErrorModel(FrameModel Frame, string Message);
