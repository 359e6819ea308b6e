namespace Tollgate.Collectors;

/// <summary>A provider's report could not be had or read. Nothing stands in for it: there is no data.</summary>
internal sealed class CollectorException(string message, Exception? cause = null) : IOException(message, cause);
