namespace Tollgate.Gateway.Requests;

/// <summary>One change to a request's bytes: at an offset, some bytes leave and others take their place.</summary>
internal readonly record struct Splice(long Offset, int Removed, ReadOnlyMemory<byte> Inserted);
