using System.Text.Json.Serialization;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.SignIns;
using Tollgate.Api.Contracts.Accounts;
using Tollgate.Api.Contracts.Alerts;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Contracts.Keys;
using Tollgate.Api.Contracts.Limits;
using Tollgate.Api.Contracts.Prices;
using Tollgate.Api.Contracts.Providers;
using Tollgate.Api.Contracts.Queries;
using Tollgate.Api.Contracts.Registry;
using Tollgate.Api.Contracts.ServiceTokens;
using Tollgate.Api.Contracts.Sessions;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Contracts;

/// <summary>The bodies of requests, and the responses that are not the record of a use case, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(InstantJson),
        typeof(SnakeCaseNames<LimitMetric>),
        typeof(SnakeCaseNames<LimitMode>),
        typeof(SnakeCaseNames<LimitDimension>),
        typeof(SnakeCaseNames<Role>),
        typeof(SnakeCaseNames<PrincipalKind>),
        typeof(SnakeCaseNames<SignInKind>),
        typeof(SnakeCaseNames<SignInMethod>),
        typeof(SnakeCaseNames<JobStatus>),
        typeof(SnakeCaseNames<JobErrorKind>),
        typeof(SnakeCaseNames<ActorKind>),
        typeof(SnakeCaseNames<SimulationSource>),
        typeof(SnakeCaseNames<ReconciliationDimension>),
        typeof(SnakeCaseNames<ExportBucket>),
    ]
)]
[JsonSerializable(typeof(SignInBody))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(CallerResponse))]
[JsonSerializable(typeof(ChangePasswordBody))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(CreateAccountBody))]
[JsonSerializable(typeof(ChangeAccountBody))]
[JsonSerializable(typeof(LinkResponse))]
[JsonSerializable(typeof(UseLinkBody))]
[JsonSerializable(typeof(ServiceTokenResponse))]
[JsonSerializable(typeof(CreateServiceTokenBody))]
[JsonSerializable(typeof(IssuedServiceToken))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(KeyLimitFields))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(SetLimitBody))]
[JsonSerializable(typeof(IncreaseLimitBody))]
[JsonSerializable(typeof(ResetLimitBody))]
[JsonSerializable(typeof(AddUserBody))]
[JsonSerializable(typeof(ChangeUserBody))]
[JsonSerializable(typeof(AddMemberBody))]
[JsonSerializable(typeof(ChangeMemberBody))]
[JsonSerializable(typeof(AddTeamBody))]
[JsonSerializable(typeof(ChangeTeamBody))]
[JsonSerializable(typeof(QueryBody))]
[JsonSerializable(typeof(PreviewBody))]
[JsonSerializable(typeof(ProviderKeyBody))]
[JsonSerializable(typeof(ProviderKeyResponse))]
[JsonSerializable(typeof(RetriedDeliveries))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(SimulationBody))]
[JsonSerializable(typeof(AnalysisBody))]
[JsonSerializable(typeof(CollectionBody))]
[JsonSerializable(typeof(ReconciliationBody))]
[JsonSerializable(typeof(ExportBody))]
[JsonSerializable(typeof(RerateBody))]
internal sealed partial class ContractJson : JsonSerializerContext;
