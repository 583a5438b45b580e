"""What a portfolio's value may become: its own daily returns drawn again in blocks, with NumPy."""

import numpy as np
from temporalio.exceptions import ApplicationError

LEAST_RETURNS = 60


def daily_returns(points: list[dict]) -> np.ndarray:
    """Returns without external flows, which come in at the end of a day: (V(t) - F(t)) / V(t-1) - 1."""
    value = np.array([float(point["value"]) for point in points])
    flow = np.array([float(point["external_flow"]) for point in points])
    # A day that begins with nothing invested has no return.
    held = value[:-1] > 0
    return (value[1:] - flow[1:])[held] / value[:-1][held] - 1


def simulate(points: list[dict], horizon_days: int, paths: int, block_days: int, seed: int) -> dict:
    """Circular block bootstrap (Politis and Romano 1992); the same arguments give the same numbers."""
    returns = daily_returns(points)
    if len(returns) < LEAST_RETURNS:
        raise ApplicationError(
            f"{LEAST_RETURNS} daily returns are needed to draw from",
            {"returns": len(returns)},
            type="TOO_FEW_RETURNS",
            non_retryable=True,
        )
    generator = np.random.Generator(np.random.PCG64(seed))
    blocks = -(-horizon_days // block_days)
    starts = generator.integers(0, len(returns), size=(paths, blocks))
    days = (starts[:, :, None] + np.arange(block_days)) % len(returns)
    drawn = returns[days.reshape(paths, -1)[:, :horizon_days]]
    ends = np.prod(1 + drawn, axis=1) - 1
    quantiles = np.quantile(ends, [0.05, 0.25, 0.5, 0.75, 0.95])
    return {
        "returns": len(returns),
        "horizon_days": horizon_days,
        "paths": paths,
        "quantiles": dict(zip(["p05", "p25", "p50", "p75", "p95"], map(float, quantiles))),
        "loss_probability": float(np.mean(ends < 0)),
        "method": f"circular block bootstrap, blocks of {block_days} days, PCG64 seed {seed}",
    }
