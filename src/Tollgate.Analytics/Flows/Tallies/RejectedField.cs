namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>A row that was not counted, before its line in the file has been determined.</summary>
/// <param name="Block">The block that it is in.</param>
/// <param name="Line">Line ends before it within the block.</param>
/// <param name="Column">The invalid column.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Text">The invalid text.</param>
internal sealed record RejectedField(int Block, int Line, string? Column, RejectReason Reason, string Text);
