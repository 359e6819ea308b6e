namespace Tollgate.Operations.Collectors;

/// <summary>A provider's report could not be fetched or read. There is no fallback: there is no data.</summary>
public sealed class CollectorException(string message, Exception? cause = null) : IOException(message, cause);
