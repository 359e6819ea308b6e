namespace Tollgate.Accounting;

/// <summary>
/// A store will not take a batch because of what is in it, and would refuse it again: a value that its columns cannot
/// hold, a rule of the database that a record breaks. Nothing of the batch was booked. It is not for a store that is
/// away or set up wrongly.
/// </summary>
public sealed class RecordRefusedException(string message, Exception? inner) : Exception(message, inner);
