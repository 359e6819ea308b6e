namespace Tollgate.Analytics.Flows;

/// <summary>One CSV text.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Open">Opens its bytes from the start. Called once; the stream is disposed.</param>
public sealed record FlowSource(string Name, Func<Stream> Open)
{
    /// <summary>A file. It is read to its end at the time of reading.</summary>
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
