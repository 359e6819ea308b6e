#!/usr/bin/python3
"""The job of SixMechanisms.cs in vectorised NumPy: the same figures, another random generator. Arguments: trials, rounds."""
import sys
import time

import numpy as np

TRIALS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
RESAMPLES = int(sys.argv[3]) if len(sys.argv) > 3 else 1000


def charge(rng):
    z = rng.standard_normal((2, TRIALS))
    z[1] = 0.6 * z[0] + 0.8 * z[1]
    tokens_in, tokens_out = np.exp(13.5 + 0.8 * z[0]), np.exp(12.5 + z[1])
    congestion = rng.random(TRIALS)
    cached = 0.3 * tokens_in
    total = tokens_in + tokens_out
    full = (tokens_in * 2.5 + tokens_out * 10) / 1e6
    return [
        full,
        5 + np.maximum(0, 1 - 1_000_000 / total) * full,
        3 + np.maximum(0, 1 - 500_000 / total) * full,
        full - cached * 2.5 * 0.5 / 1e6,
        0.85 * 1.3 * full,
        np.where(congestion > 0.7, 1.5, 1.0) * full,
    ]


def summarise(charges):
    ordered = np.sort(charges)
    mean, deviation = charges.mean(), charges.std(ddof=1)
    standard = (charges - mean) / deviation
    tail = ordered[int(np.ceil(0.95 * TRIALS)):]
    return mean, deviation, np.percentile(ordered, np.arange(1, 100)), tail.mean(), (standard ** 3).mean(), (standard ** 4).mean()


def job(rng):
    plans = charge(rng)
    summaries = [summarise(charges) for charges in plans]
    statistics = np.empty((len(plans), 3, RESAMPLES))
    for resample in range(RESAMPLES):
        drawn = rng.integers(0, TRIALS, TRIALS)
        for plan, charges in enumerate(plans):
            values = charges[drawn]
            statistics[plan, 0, resample] = values.mean()
            statistics[plan, 1:, resample] = np.percentile(values, (50, 95))
    intervals = np.percentile(statistics, (2.5, 97.5), axis=2)
    return summaries, intervals


times = []
work = []
for _ in range(ROUNDS):
    begin, used = time.perf_counter(), time.process_time()
    summaries, intervals = job(np.random.default_rng(42))
    times.append(time.perf_counter() - begin)
    work.append(time.process_time() - used)
print(f"seconds first {times[0]:.3f} median {sorted(times)[len(times) // 2]:.3f} best {min(times):.3f} processor {sorted(work)[len(work) // 2]:.3f}")
for name, summary, low, high in zip(("per token", "bundle", "hybrid seat", "cached", "outcome based", "dynamic"), summaries, intervals[0], intervals[1]):
    print(f"{name:<14} mean {summary[0]:.4f} [{low[0]:.4f}, {high[0]:.4f}] median {summary[2][49]:.4f} [{low[1]:.4f}, {high[1]:.4f}] "
          f"p95 {summary[2][94]:.4f} [{low[2]:.4f}, {high[2]:.4f}]")
