namespace Tollgate.Analytics.Flows;

/// <summary>One CSV text.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Open">Gives its bytes from the start. Called once; the stream is disposed of.</param>
public sealed record FlowSource(string Name, Func<Stream> Open)
{
    /// <summary>A file. It is read to the end that it has when that end is reached.</summary>
    public static FlowSource File(string path) =>
        new(
            path,
            () =>
                new FileStream(
                    path,
                    new FileStreamOptions
                    {
                        BufferSize = 0,
                        Options = FileOptions.SequentialScan,
                        Share = FileShare.ReadWrite | FileShare.Delete,
                    }
                )
        );
}
