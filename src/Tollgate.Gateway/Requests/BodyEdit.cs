namespace Tollgate.Gateway.Requests;

/// <summary>One change to a request's bytes: at an offset, some bytes are removed and others inserted.</summary>
internal readonly record struct BodyEdit(long Offset, int Removed, ReadOnlyMemory<byte> Inserted);
