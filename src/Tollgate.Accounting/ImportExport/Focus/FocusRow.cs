using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>One row of a bucket.</summary>
internal readonly record struct FocusRow(FocusKey Key, decimal Quantity, Money Cost);

/// <summary>The key of a row within a bucket.</summary>
/// <param name="Group">The key, model, provider and project.</param>
/// <param name="Meter">The kind of token, such as <c>input_text</c>.</param>
/// <param name="Price">The price; null if it is unknown which one produced the cost.</param>
/// <param name="Class">Usage, usage without a price, or a correction.</param>
internal readonly record struct FocusKey(FocusGroup Group, string Meter, FocusPrice? Price, FocusClass Class)
{
    public bool IsUnpriced => Class == FocusClass.Unpriced;
}

/// <summary>The attribution and the model; null means none.</summary>
internal readonly record struct FocusGroup(string? KeyId, string Model, string Provider, string? Project);

/// <summary>A unit price, with the properties of the call that selected it.</summary>
internal readonly record struct FocusPrice(string Version, decimal UnitRate, ServiceTier Tier, long AboveInputTokens);

/// <summary>The class of a row, in sort order.</summary>
internal enum FocusClass
{
    Usage,
    Unpriced,
    Correction,
}

/// <summary>The part of one record that belongs to one row.</summary>
internal readonly record struct FocusPart(string Meter, long Quantity, Money Cost, FocusPrice? Price, FocusClass Class);
