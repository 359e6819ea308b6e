#!/usr/bin/python3
"""Makes expected.json with scipy 1.10, NumPy and mpmath: the figures that the tests hold ours against. Run by hand, output is checked in."""
import json
import math
import os
import warnings

import mpmath
import numpy as np
from scipy import optimize, special, stats

warnings.simplefilter("ignore")
rng = np.random.default_rng(20261121)
out = {"special": [], "distributions": [], "fits": [], "copulas": []}


def special_value(name, function, *arguments):
    out["special"].append({"name": name, "arguments": list(arguments), "value": float(function(*arguments))})


for x in (1e-8, 0.01, 0.3, 0.5, 1.0, 1.5, 2.0, 3.7, 9.9, 25.0, 1234.5, 1e7):
    special_value("logGamma", special.gammaln, x)
    special_value("digamma", special.digamma, x)
    special_value("trigamma", lambda v: special.polygamma(1, v), x)
for z in (-38.0, -20.0, -8.5, -5.6, -3.0, -1.0, -0.6, -1e-9, 0.0, 0.2, 0.67, 0.68, 2.0, 5.0, 8.0):
    special_value("normalCumulative", special.ndtr, z)
for p in (1e-300, 1e-20, 1e-11, 1e-6, 0.001, 0.074, 0.076, 0.3, 0.5, 0.8, 0.924, 0.926, 0.999, 1 - 1e-12):
    special_value("normalQuantile", special.ndtri, p)
for a in (0.05, 0.5, 1.0, 2.5, 11.9, 12.5, 80.0, 5000.0):
    for x in (1e-6, 0.3, 1.0, 3.0, 12.0, 60.0, 95.0, 4900.0, 5200.0):
        special_value("gammaLower", special.gammainc, a, x)
        special_value("gammaUpper", special.gammaincc, a, x)
    for p in (1e-6, 0.01, 0.4, 0.6, 0.99, 1 - 1e-9):
        special_value("gammaInverse", special.gammaincinv, a, p)
for a, b in ((0.3, 0.4), (1, 1), (2.5, 7), (40, 3), (500, 900)):
    for x in (1e-4, 0.1, 0.35, 0.5, 0.9, 0.999):
        special_value("betaCumulative", special.betainc, a, b, x)
    for p in (1e-5, 0.2, 0.5, 0.95):
        special_value("betaInverse", special.betaincinv, a, b, p)

families = [
    ("lognormal", [1.3, 0.7], stats.lognorm(0.7, scale=math.exp(1.3)), {"floc": 0}),
    ("gamma", [0.6, 3.0], stats.gamma(0.6, scale=3.0), {"floc": 0}),
    ("gamma", [7.5, 0.2], stats.gamma(7.5, scale=0.2), {"floc": 0}),
    ("weibull", [0.8, 2.0], stats.weibull_min(0.8, scale=2.0), {"floc": 0}),
    ("weibull", [3.1, 5.0], stats.weibull_min(3.1, scale=5.0), {"floc": 0}),
    ("pareto", [2.6, 1.5], stats.pareto(2.6, scale=1.5), {"floc": 0}),
    ("burr-xii", [2.2, 1.7, 3.0], stats.burr12(2.2, 1.7, scale=3.0), {"floc": 0}),
    ("beta", [2.0, 5.0], stats.beta(2.0, 5.0), {"floc": 0, "fscale": 1}),
    ("beta", [0.6, 0.9], stats.beta(0.6, 0.9), {"floc": 0, "fscale": 1}),
    ("exponential", [4.0], stats.expon(scale=4.0), {"floc": 0}),
    ("normal", [10.0, 3.0], stats.norm(10.0, 3.0), {}),
    ("truncated-normal", [1.0, 2.0], stats.truncnorm(-0.5, np.inf, loc=1.0, scale=2.0), None),
]
for family, parameters, law, fixed in families:
    points = [float(law.ppf(p)) for p in (0.001, 0.05, 0.3, 0.5, 0.77, 0.95, 0.9999)]
    out["distributions"].append({
        "family": family, "parameters": parameters, "mean": float(law.mean()), "variance": float(law.var()),
        "points": [{"value": x, "logDensity": float(law.logpdf(x)), "cumulative": float(law.cdf(x)), "survival": float(law.sf(x))} for x in points],
        "quantiles": [{"probability": p, "value": float(law.ppf(p))} for p in (1e-4, 0.02, 0.25, 0.5, 0.9, 0.999)],
    })
    if fixed is None:
        continue
    sample = law.rvs(400, random_state=rng)
    scipy_law = law.dist
    fitted = scipy_law.fit(sample, **fixed)
    ordered = np.sort(sample)
    n = len(ordered)
    i = np.arange(1, n + 1)
    ks = stats.kstest(sample, law.cdf, mode="asymp")
    out["fits"].append({
        "family": family, "parameters": parameters, "values": [float(v) for v in sample],
        "fitted": [float(v) for v in fitted], "logLikelihood": float(np.sum(scipy_law.logpdf(sample, *fitted))),
        "kolmogorovSmirnov": float(ks.statistic), "pValue": float(ks.pvalue),
        "andersonDarling": float(-n - np.mean((2 * i - 1) * (law.logcdf(ordered) + law.logsf(ordered[::-1])))),
    })

normal = rng.multivariate_normal([0, 0], [[1, 0.55], [0.55, 1]], 300)
tied = np.round(normal * 2) / 2
out["correlations"] = []
for name, columns in (("plain", normal), ("tied", tied)):
    x, y = columns[:, 0], columns[:, 1]
    pearson, spearman, kendall = stats.pearsonr(x, y), stats.spearmanr(x, y), stats.kendalltau(x, y)
    out["correlations"].append({
        "name": name, "x": [float(v) for v in x], "y": [float(v) for v in y], "pearson": float(pearson[0]), "pearsonP": float(pearson[1]),
        "spearman": float(spearman[0]), "spearmanP": float(spearman[1]), "kendall": float(kendall[0]),
    })

skewed = stats.lognorm(1.1).rvs(501, random_state=rng)
out["moments"] = {
    "values": [float(v) for v in skewed], "mean": float(np.mean(skewed)), "standardDeviation": float(np.std(skewed, ddof=1)),
    "skewness": float(stats.skew(skewed)), "kurtosis": float(stats.kurtosis(skewed)),
    "percentiles": [float(v) for v in np.percentile(skewed, np.arange(1, 100))],
}


def gaussian(theta, u, v):
    x, y = special.ndtri(u), special.ndtri(v)
    law = stats.multivariate_normal([0, 0], [[1, theta], [theta, 1]])
    return law.logpdf(np.column_stack([x, y])) - stats.norm.logpdf(x) - stats.norm.logpdf(y)


def clayton(theta, u, v):
    return np.log((1 + theta) * (u * v) ** (-1 - theta) * (u ** -theta + v ** -theta - 1) ** (-2 - 1 / theta))


def gumbel(theta, u, v):
    x, y = -np.log(u), -np.log(v)
    s = x ** theta + y ** theta
    c = np.exp(-s ** (1 / theta))
    return np.log(c / (u * v) * (x * y) ** (theta - 1) * s ** (2 / theta - 2) * (1 + (theta - 1) * s ** (-1 / theta)))


u, v = stats.rankdata(normal[:, 0]) / 301, stats.rankdata(normal[:, 1]) / 301
for name, density, bounds, at in (("gaussian", gaussian, (-0.99, 0.99), 0.4), ("clayton", clayton, (0.01, 20), 1.7), ("gumbel", gumbel, (1.0001, 20), 2.3)):
    best = optimize.minimize_scalar(lambda theta: -np.sum(density(theta, u, v)), bounds=bounds, method="bounded", options={"xatol": 1e-10})
    out["copulas"].append({
        "family": name, "parameter": float(best.x), "logLikelihood": float(-best.fun),
        "points": [{"u": a, "v": b, "parameter": at, "logDensity": float(density(at, np.array([a]), np.array([b]))[0] if name != "gaussian" else np.atleast_1d(density(at, np.array([a]), np.array([b])))[0])}
                   for a, b in ((0.1, 0.2), (0.5, 0.9), (0.01, 0.99), (0.97, 0.995))],
    })

for a in (1e8, 1e12):
    for z in (-4.0, -1.0, 0.0, 0.5, 4.0):  # Beyond 4.5 scipy loses its digits.
        special_value("gammaLower", special.gammainc, a, a + z * math.sqrt(a))
        special_value("gammaUpper", special.gammaincc, a, a + z * math.sqrt(a))

# Samples of unlike shapes. scipy's own fit is given a second beginning where the first one ends badly.
samples = {
    "tiny": [0.4, 1.7, 0.9],
    "heavy": rng.pareto(0.8, 200) + 1,
    "tied": np.maximum(1, np.round(rng.lognormal(1, 0.7, 300))),
    "large": 1e9 * rng.gamma(2, 1, 150),
    "small": 1e-9 * rng.weibull(0.7, 150),
    "wide": rng.lognormal(0, 4, 200),
    "two heights": np.concatenate([rng.normal(10, 0.1, 60), rng.normal(1000, 5, 60)]),
    "near the lower end": rng.beta(0.5, 30, 200),
}
laws = {
    "lognormal": (stats.lognorm, {"floc": 0}), "gamma": (stats.gamma, {"floc": 0}), "weibull": (stats.weibull_min, {"floc": 0}),
    "pareto": (stats.pareto, {"floc": 0}), "burr-xii": (stats.burr12, {"floc": 0}), "beta": (stats.beta, {"floc": 0, "fscale": 1}),
    "exponential": (stats.expon, {"floc": 0}), "normal": (stats.norm, {}),
}
out["shapes"] = []
for name, sample in samples.items():
    values = np.asarray(sample)
    best = {}
    for family, (law, fixed) in laws.items():
        if family == "beta" and values.max() >= 1:
            continue
        starts = [((), {})] + ([((1.5, 1.0), {"scale": float(np.median(values))})] if family == "burr-xii" else [])
        for shapes, start in starts:
            try:
                likelihood = float(np.sum(law.logpdf(values, *law.fit(values, *shapes, **start, **fixed))))
            except stats.FitError:  # scipy finds no maximum from here.
                continue
            if math.isfinite(likelihood):
                best[family] = max(likelihood, best.get(family, -math.inf))
    out["shapes"].append({"name": name, "values": [float(v) for v in values], "logLikelihoods": best})

# Gamma's likelihood where values are nearly the same, in forty digits: scipy's is lost in rounding there.
mpmath.mp.dps = 40
out["nearlyConstant"] = []
for spread in (1e-3, 1e-6, 1e-9):
    values = [float(v) for v in 5 * (1 + spread * rng.standard_normal(60))]
    exact = [mpmath.mpf(v) for v in values]
    mean, logs = mpmath.fsum(exact) / len(exact), mpmath.fsum(mpmath.log(v) for v in exact)
    gap = mpmath.log(mean) - logs / len(exact)
    shape = mpmath.findroot(lambda k: mpmath.log(k) - mpmath.digamma(k) - gap, 1 / (2 * gap))
    likelihood = (shape - 1) * logs - len(exact) * (shape + shape * mpmath.log(mean / shape) + mpmath.loggamma(shape))
    out["nearlyConstant"].append({"values": values, "shape": float(shape), "logLikelihood": float(likelihood)})

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "expected.json"), "w") as file:
    json.dump(out, file, indent=None, separators=(",", ":"))
    file.write("\n")
