using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Exchange.Focus;

/// <summary>One row of a bucket.</summary>
internal readonly record struct FocusRow(FocusKey Key, decimal Quantity, Money Cost);

/// <summary>What tells the rows of a bucket apart.</summary>
/// <param name="Group">For whom, and what.</param>
/// <param name="Meter">The kind of token, such as <c>input_text</c>.</param>
/// <param name="Price">The price; null where it is not known which one gave the cost.</param>
/// <param name="Class">Usage, usage without a price, or a correction.</param>
internal readonly record struct FocusKey(FocusGroup Group, string Meter, FocusPrice? Price, FocusClass Class)
{
    public bool IsUnpriced => Class == FocusClass.Unpriced;
}

/// <summary>For whom, and what; null is none.</summary>
internal readonly record struct FocusGroup(string? KeyId, string Model, string Provider, string? Project);

/// <summary>One price per unit, and by which properties of the call it was found.</summary>
internal readonly record struct FocusPrice(string Version, decimal UnitRate, ServiceTier Tier, long AboveInputTokens);

/// <summary>What a row is, in the order of rows.</summary>
internal enum FocusClass
{
    Usage,
    Unpriced,
    Correction,
}

/// <summary>What one record adds to one row.</summary>
internal readonly record struct FocusPart(string Meter, long Quantity, Money Cost, FocusPrice? Price, FocusClass Class);
