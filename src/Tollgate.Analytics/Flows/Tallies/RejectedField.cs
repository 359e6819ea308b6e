namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>A row that was not counted, before its line in the file is known.</summary>
/// <param name="Block">The block that it is in.</param>
/// <param name="Line">Line ends before it within the block.</param>
/// <param name="Column">The column at fault.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">What stands there.</param>
internal sealed record RejectedField(int Block, int Line, string? Column, RejectReason Reason, string Text);
