namespace Tollgate.Analytics.Flows.Reading;

/// <summary>One record's fields.</summary>
internal interface IFlowRow
{
    /// <summary>The number of fields.</summary>
    int Fields { get; }

    /// <summary>The record as it is in the file, without its line end.</summary>
    ReadOnlySpan<byte> Text { get; }

    /// <summary>A field's text, without quotes around it.</summary>
    ReadOnlySpan<byte> this[int column] { get; }
}
