"""The arithmetic of bench/numbers.ts in NumPy: same inputs, same figures. Prints one line of JSON."""

import json
import sys
import time

import numpy as np

folder = sys.argv[1]
shape = json.load(open(f"{folder}/shape.json"))
days, count = shape["days"], shape["positions"]


def load(name, *dims):
    return np.fromfile(f"{folder}/{name}.f64", dtype="<f8").reshape(dims)


values, flows = load("values", days), load("flows", days)
local, gains, rate = load("local", count, days), load("gain", count, days), load("rate", count, days)
z05 = -1.6448536269514722


def twr():
    returns = (values[1:] - flows[1:]) / values[:-1] - 1
    return np.prod(1 + returns) - 1, returns


def risk(r):
    n, year = len(r), np.sqrt(252)
    mean, population, sample = r.mean(), r.std(), r.std(ddof=1)
    below, above = np.maximum(-r, 0), np.maximum(r, 0)
    downside = np.sqrt(np.mean(below**2))
    standard = (r - mean) / population
    skewness, kurtosis = np.mean(standard**3), np.mean(standard**4) - 3
    logs = np.log1p(r)
    under = np.minimum(logs - logs.mean(), 0)
    path, times = np.cumsum(logs), np.arange(n, dtype=float)
    low, high = np.quantile(r, 0.05), np.quantile(r, 0.95)
    return {
        "annual_return": np.prod(1 + r) ** (252 / n) - 1,
        "volatility": sample * year,
        "period_volatility": logs.std(ddof=1) * np.sqrt(n),
        "period_semi_volatility": np.sqrt(np.sum(under**2) / (n - 1) * n),
        "sharpe_ratio": mean / sample * year,
        "sortino_ratio": mean / downside * year,
        "omega_ratio": above.sum() / below.sum(),
        "downside_deviation": downside * year,
        "downside_potential": below.mean(),
        "downside_frequency": np.mean(r < 0),
        "upside_frequency": np.mean(r > 0),
        "upside_risk": np.sqrt(np.mean(above**2)),
        "upside_potential": above.mean(),
        "skewness": skewness,
        "excess_kurtosis": kurtosis,
        "excess_kurtosis_sample": ((n + 1) * kurtosis + 6) * (n - 1) / ((n - 2) * (n - 3)),
        "mean_absolute_deviation": np.abs(r - mean).mean(),
        "stability": np.corrcoef(times, path)[0, 1] ** 2,
        "historical": low,
        "shortfall": r[r <= low].mean(),
        "gaussian": mean + z05 * population,
        "tail_ratio": abs(high / low),
    }


def drawdown(r):
    wealth = np.concatenate([[1.0], np.cumprod(1 + r)])
    falls = (wealth / np.maximum.accumulate(wealth) - 1)[1:]
    worst = np.sort(falls)
    return {
        "max_drawdown": falls.min(),
        "average_drawdown": falls.mean(),
        "ulcer_index": np.sqrt(np.mean(falls**2)),
        "conditional": worst[: int(np.ceil(len(falls) * 0.05))].mean(),
    }


def attribution():
    """Daily effects of every position at begin-of-day weights, linked with Carino."""
    start, gain = local[:, :-1], gains[:, 1:]
    before, change = rate[:, :-1], np.diff(rate, axis=1)
    total = (local * rate).sum(axis=0)[:-1]
    parts = np.stack([gain * before, start * change, gain * change]) / total
    daily = parts.sum(axis=(0, 1))
    whole = np.prod(1 + daily) - 1
    scale = (np.log1p(daily) / daily) / (np.log1p(whole) / whole)
    linked = (parts * scale).sum(axis=2)
    return {"total": whole, "linked": linked.sum(), "first": linked[:, 0].tolist()}


def timed(work, rounds):
    spent = []
    for _ in range(rounds):
        begun = time.perf_counter()
        result = work()
        spent.append((time.perf_counter() - begun) * 1000)
    return sorted(spent)[rounds // 2], result


out = {}
out["twr_ms"], (out["twr"], returns) = timed(twr, 101)
out["risk_ms"], out["risk"] = timed(lambda: risk(returns), 101)
out["drawdown_ms"], out["drawdown"] = timed(lambda: drawdown(returns), 101)
out["attribution_ms"], out["attribution"] = timed(attribution, 7)
out["numpy"] = np.__version__
print(json.dumps(out, default=float))
