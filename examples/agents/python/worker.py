"""Serves the capabilities that statistics_desk.json declares. Knows nothing of the engine but that file."""

import asyncio
import json
import os
import statistics
from datetime import timedelta
from pathlib import Path

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from simulation import simulate

JOURNAL = Path(os.environ.get("JOURNAL", "journal.jsonl"))


@activity.defn(name="statistics.describe")
async def describe(args: dict, ctx: dict, options: dict) -> dict:
    values = args["values"]
    if len(values) < 2:
        # The type is the code; not retryable, because the same values stay too few.
        raise ApplicationError(
            "a deviation needs two values", {"count": len(values)}, type="TOO_FEW_VALUES", non_retryable=True
        )
    return {
        "count": len(values),
        "mean": statistics.fmean(values),
        "median": statistics.median(values),
        "deviation": statistics.stdev(values),
    }


@activity.defn(name="statistics.simulate_value")
async def simulate_value(args: dict, ctx: dict, options: dict) -> dict:
    # In a thread of its own: the worker goes on answering the server meanwhile.
    return await asyncio.to_thread(simulate, **args)


@activity.defn(name="journal.append")
async def append(args: dict, ctx: dict, options: dict) -> dict:
    # The same for every attempt of the step: a line that is there already is the answer.
    key = options["effect_key"]
    lines = [json.loads(line) for line in JOURNAL.read_text().splitlines()] if JOURNAL.exists() else []
    for number, line in enumerate(lines, start=1):
        if line["effect_key"] == key:
            return {"line": number}
    with JOURNAL.open("a") as journal:
        journal.write(json.dumps({"effect_key": key, "text": args["text"]}) + "\n")
    # More than the bare result may be said in this form.
    return {"$answer": {"result": {"line": len(lines) + 1}, "source": f"journal:{JOURNAL.name}"}}


async def main() -> None:
    client = await Client.connect(
        os.environ.get("TEMPORAL_ADDRESS", "127.0.0.1:7233"),
        namespace=os.environ.get("TEMPORAL_NAMESPACE", "default"),
    )
    worker = Worker(
        client,
        task_queue="statistics-desk",
        activities=[describe, simulate_value, append],
        # One at a time, so that two appends never read the journal at once.
        max_concurrent_activities=1,
        graceful_shutdown_timeout=timedelta(seconds=10),
    )
    print("serving statistics-desk", flush=True)
    await worker.run()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
