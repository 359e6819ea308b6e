namespace Tollgate.Metering.Limits;

/// <summary>The dimensions that a limit's scope can name.</summary>
public enum LimitDimension
{
    /// <summary>The public id of a virtual key.</summary>
    Key,

    /// <summary>The user.</summary>
    User,

    /// <summary>The team that the key belongs to.</summary>
    Team,

    /// <summary>The organization that the key belongs to.</summary>
    Organization,

    /// <summary>The project.</summary>
    Project,

    /// <summary>The calling application.</summary>
    Application,

    /// <summary>The model requested from the provider, or the model group that the caller named.</summary>
    Model,

    /// <summary>The provider's id, such as <c>openai</c>.</summary>
    Provider,

    /// <summary>One of the call's tags.</summary>
    Tag,
}
