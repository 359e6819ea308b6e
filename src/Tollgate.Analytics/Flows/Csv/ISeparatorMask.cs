namespace Tollgate.Analytics.Flows.Csv;

/// <summary>Finds separators in 64 bytes: one bit per byte, the lowest for the first.</summary>
internal interface ISeparatorMask
{
    /// <summary>True if this processor supports it at full speed.</summary>
    static abstract bool IsSupported { get; }

    /// <param name="text">The first of 64 readable bytes.</param>
    /// <param name="delimiter">The field separator.</param>
    /// <param name="lineEnds">The line ends among them.</param>
    /// <returns>Delimiters and line ends.</returns>
    static abstract ulong Find(ref readonly byte text, byte delimiter, out ulong lineEnds);
}
