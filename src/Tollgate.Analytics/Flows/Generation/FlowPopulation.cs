using System.Text;

namespace Tollgate.Analytics.Flows.Generation;

/// <summary>
/// The users and the types of flows: as in practice, a few types, users and organizations account for most of them.
/// </summary>
internal sealed class FlowPopulation
{
    private const int Users = 4000,
        Organizations = 250;

    private static readonly string[] Regions =
    [
        "aws-eu-central-1",
        "aws-eu-west-1",
        "aws-us-east-1",
        "aws-us-west-2",
        "aws-ap-southeast-2",
    ];

    private static readonly string[] Names =
    [
        "invoice_extraction",
        "contract_review",
        "ticket_triage",
        "email_reply",
        "meeting_summary",
        "code_review",
        "document_search",
        "translation",
        "lead_scoring",
        "report_writing",
        "data_cleaning",
        "call_transcript",
        "product_tagging",
        "policy_check",
        "resume_screening",
        "claim_handling",
        "risk_assessment",
        "news_digest",
        "onboarding_chat",
        "survey_analysis",
        "test_generation",
        "catalogue_enrichment",
        "web_research",
    ];

    private readonly SeededStream _random;
    private readonly FlowType[] _types;
    private readonly string[] _users,
        _organizations;

    public FlowPopulation(SeededStream random)
    {
        _random = random;
        _types =
        [
            .. Names.Select(
                (name, index) =>
                    new FlowType(
                        $"workflow.{name}.v1",
                        4 * Math.Pow(1.3, index),
                        800 * Math.Pow(1.22, (index * 7) % 23),
                        1 + ((index * 5) % 12)
                    )
            ),
        ];
        _users = Identities("user_acct_", Users);
        _organizations = Identities("org_unit_", Organizations);
    }

    public FlowType NextType() => _types[Skewed(_types.Length)];

    public string NextRegion() => Regions[Skewed(Regions.Length)];

    public string NextUser() => _users[Skewed(Users)];

    public string NextOrganization() => _organizations[Skewed(Organizations)];

    /// <summary>Returns small numbers more often than large ones.</summary>
    private int Skewed(int count) => (int)(count * Math.Pow(_random.NextDouble(), 2));

    private string[] Identities(string kind, int count)
    {
        var line = new StringBuilder();
        var identities = new string[count];
        for (var index = 0; index < count; index++)
            identities[index] = SeededStream
                .AppendIdentity(line.Clear().Append(kind), _random.Next(), _random.Next())
                .ToString();
        return identities;
    }
}
