using Tollgate.Configuration.Declaration;

namespace Tollgate.Configuration.Formats;

/// <summary>Another name of a model.</summary>
internal sealed record AliasDraft(string Alias, string Model, LocatedValue Place);
