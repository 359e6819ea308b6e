using Tollgate.Configuration.Declaration;

namespace Tollgate.Configuration.Formats;

/// <summary>Fallbacks of one model.</summary>
internal sealed record FallbackDraft(string Model, IReadOnlyList<string> Fallbacks, LocatedValue Place);
