using Tollgate.Analytics.Plans;

namespace Tollgate.Analytics.Simulation;

/// <summary>One thread's part of a simulation: it computes whole blocks of trials, in buffers that it reuses.</summary>
internal sealed class BlockWorker
{
    private readonly Scenario _scenario;
    private readonly SimulationOutcomes _outcomes;
    private readonly UsageSampler _source;
    private readonly PlanAccount[] _plans;
    private readonly TrialUsage _user = new(SimulationOutcomes.BlockSize);
    private readonly TrialUsage[] _organization;
    private readonly int[] _users;

    public BlockWorker(Scenario scenario, IPlanPricing[] pricings, SimulationOutcomes outcomes)
    {
        _scenario = scenario;
        _outcomes = outcomes;
        _source = new UsageSampler(scenario.Workload, scenario.Seed);
        _plans =
        [
            .. scenario.Plans.Select((plan, i) => new PlanAccount(plan, pricings[i], SimulationOutcomes.BlockSize)),
        ];
        _organization =
        [
            .. Enumerable.Range(0, scenario.Months).Select(_ => new TrialUsage(SimulationOutcomes.BlockSize)),
        ];
        _users = [.. Enumerable.Range(0, scenario.Months).Select(scenario.Workload.UsersIn)];
    }

    public void Run(int block)
    {
        for (var month = 0; month < _organization.Length; month++)
        {
            _organization[month].Clear();
            _organization[month].Month = month;
            _source.FillCongestion(_organization[month], block * SimulationOutcomes.BlockSize, month);
        }
        for (var user = 0; user < _users.Max(); user++)
            RunUser(block, user);
        foreach (var month in _organization)
            month.CloseSums();
        for (var i = 0; i < _plans.Length; i++)
            if (_plans[i].ChargedPer == ChargeScope.Organization)
                RunOrganization(block, i);
        _outcomes.Close(block, _organization);
    }

    private void RunUser(int block, int user)
    {
        foreach (var plan in _plans)
            plan.Reset();
        for (var month = 0; month < _scenario.Months; month++)
        {
            if (user >= _users[month])
                continue;
            _source.Fill(_user, block * SimulationOutcomes.BlockSize, user, month);
            _organization[month].Congestion.CopyTo(_user.Congestion, 0);
            _organization[month].Add(_user);
            for (var i = 0; i < _plans.Length; i++)
                if (_plans[i].ChargedPer == ChargeScope.User)
                    _outcomes.AddRefused(block, i, _plans[i].Charge(_user, _outcomes.GetCharges(i, block)));
        }
    }

    private void RunOrganization(int block, int plan)
    {
        _plans[plan].Reset();
        foreach (var month in _organization)
            _outcomes.AddRefused(block, plan, _plans[plan].Charge(month, _outcomes.GetCharges(plan, block)));
    }
}
