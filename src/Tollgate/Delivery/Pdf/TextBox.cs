namespace Tollgate.Delivery.Pdf;

/// <summary>The place of one line of text on a page, in points from its upper left corner.</summary>
/// <param name="X">The left edge.</param>
/// <param name="Y">The upper edge.</param>
/// <param name="Width">The width, to which the text is cut.</param>
/// <param name="IsRightAligned">True if the text ends at the right edge.</param>
internal readonly record struct TextBox(double X, double Y, double Width, bool IsRightAligned = false);
