using Tollgate.Analytics.Plans;

namespace Tollgate.Analytics.Simulation;

/// <summary>One thread's part of a simulation: it computes whole blocks of trials, in buffers that it reuses.</summary>
internal sealed class BlockWorker
{
    private readonly Scenario _scenario;
    private readonly SimulationOutcomes _outcomes;
    private readonly UsageSource _source;
    private readonly PlanAccount[] _plans;
    private readonly UsageColumns _user = new(SimulationOutcomes.BlockSize);
    private readonly UsageColumns[] _organisation;
    private readonly int[] _users;

    public BlockWorker(Scenario scenario, IPlanPricing[] pricings, SimulationOutcomes outcomes)
    {
        _scenario = scenario;
        _outcomes = outcomes;
        _source = new UsageSource(scenario.Workload, scenario.Seed);
        _plans =
        [
            .. scenario.Plans.Select((plan, i) => new PlanAccount(plan, pricings[i], SimulationOutcomes.BlockSize)),
        ];
        _organisation =
        [
            .. Enumerable.Range(0, scenario.Months).Select(_ => new UsageColumns(SimulationOutcomes.BlockSize)),
        ];
        _users = [.. Enumerable.Range(0, scenario.Months).Select(scenario.Workload.UsersIn)];
    }

    public void Run(int block)
    {
        for (var month = 0; month < _organisation.Length; month++)
        {
            _organisation[month].Clear();
            _organisation[month].Month = month;
            _source.FillCongestion(_organisation[month], block * SimulationOutcomes.BlockSize, month);
        }
        for (var user = 0; user < _users.Max(); user++)
            RunUser(block, user);
        foreach (var month in _organisation)
            month.CloseSums();
        for (var i = 0; i < _plans.Length; i++)
            if (_plans[i].ChargedPer == ChargeScope.Organisation)
                RunOrganisation(block, i);
        _outcomes.Close(block, _organisation);
    }

    private void RunUser(int block, int user)
    {
        foreach (var plan in _plans)
            plan.Open();
        for (var month = 0; month < _scenario.Months; month++)
        {
            if (user >= _users[month])
                continue;
            _source.Fill(_user, block * SimulationOutcomes.BlockSize, user, month);
            _organisation[month].Congestion.CopyTo(_user.Congestion, 0);
            _organisation[month].Add(_user);
            for (var i = 0; i < _plans.Length; i++)
                if (_plans[i].ChargedPer == ChargeScope.User)
                    _outcomes.AddRefused(block, i, _plans[i].Charge(_user, _outcomes.ChargesOf(i, block)));
        }
    }

    private void RunOrganisation(int block, int plan)
    {
        _plans[plan].Open();
        foreach (var month in _organisation)
            _outcomes.AddRefused(block, plan, _plans[plan].Charge(month, _outcomes.ChargesOf(plan, block)));
    }
}
