using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;

namespace Tollgate.Configuration.Formats;

/// <summary>An item of <c>model_list</c>.</summary>
internal sealed class EntryDraft : EndpointDraft
{
    public string? Name { get; set; }

    public string? Model { get; set; }

    public string? Provider { get; set; }

    public string? BaseModel { get; set; }

    public decimal? Weight { get; set; }

    public decimal? RequestsPerMinute { get; set; }

    public decimal? TokensPerMinute { get; set; }

    public LocatedValue Place { get; set; }
}
