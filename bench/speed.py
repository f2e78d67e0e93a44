"""Speed of the shipped system on this machine: start-up, memory, latency, throughput."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2 as httpx
import numpy as np
import psutil

from bench.baselines import KeywordList, TfidfRegression, training_rows
from bench.texts import mixed
from screening.message import Message
from screening.screener import Screener

T = TypeVar("T")

_CUICHA = Path(sys.executable).with_name("cuicha")


def measure_speed() -> dict[str, Any]:
    """All figures of `bench/results/speed.json`, taken in one run."""
    return {
        "machine": _machine(),
        "serve": _serve(mixed(1000)),
        "verdict_latency_ms": _latency(mixed(1000)),
        "screen": _throughput(mixed(10_000)),
    }


def _machine() -> dict[str, Any]:
    return {
        "processors": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "processor_features": [f for f in ("avx512_vnni", "avx_vnni", "amx_int8") if _has(f)],
    }


def _has(feature: str) -> bool:
    info = Path("/proc/cpuinfo")
    return info.exists() and f" {feature}" in info.read_text(encoding="utf-8")


@contextmanager
def _server() -> Iterator[tuple[str, psutil.Process, float]]:
    """A running `cuicha serve`: its address, its process, seconds until it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [_CUICHA, "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        seconds = _until_ready(address, started)
        yield address, psutil.Process(process.pid), seconds
    finally:
        process.terminate()
        process.wait(timeout=20)


def _until_ready(address: str, started: float) -> float:
    while time.perf_counter() - started < 60:
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return time.perf_counter() - started
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise TimeoutError("cuicha serve was not ready within 60 s")


def _serve(messages: Sequence[Message]) -> dict[str, Any]:
    with _server() as (address, process, seconds), httpx.Client() as client:
        fresh = process.memory_info().rss

        def post(message: Message) -> None:
            body = {"text": message.text, "channel": message.channel}
            client.post(f"{address}/v1/verdicts", json=body).raise_for_status()

        times = _times(post, messages)
        return {
            "seconds_until_ready": seconds,
            "memory_mib_when_ready": fresh / 2**20,
            "memory_mib_after_1000": process.memory_info().rss / 2**20,
            "request_latency_ms": times,
        }


def _latency(messages: Sequence[Message]) -> dict[str, Any]:
    screener = Screener.load()
    for message in messages[:50]:
        screener.screen(message)
    return _times(screener.screen, messages)


def _times(call: Callable[[Message], object], messages: Sequence[Message]) -> dict[str, float]:
    """Milliseconds at the 50th and 99th percentile, and their mean."""
    taken = []
    for message in messages:
        started = time.perf_counter()
        call(message)
        taken.append((time.perf_counter() - started) * 1000)
    return {
        "p50": float(np.quantile(taken, 0.5)),
        "p99": float(np.quantile(taken, 0.99)),
        "mean": float(np.mean(taken)),
    }


def _throughput(messages: Sequence[Message]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        rows = (json.dumps({"text": m.text, "channel": m.channel}) for m in messages)
        source.write_text("\n".join(rows) + "\n", encoding="utf-8")
        started = time.perf_counter()
        subprocess.run(
            [_CUICHA, "screen", source, "-o", target], check=True, stderr=subprocess.DEVNULL
        )
        seconds = time.perf_counter() - started
        written = sum(1 for _ in target.open(encoding="utf-8"))
    texts = [message.text for message in messages]
    regression = TfidfRegression(training_rows(None)).probabilities
    return {
        "messages": written,
        "mean_characters": float(np.mean([len(text) for text in texts])),
        "messages_per_second": written / seconds,
        "tfidf_regression_messages_per_second": len(messages) / _seconds(regression, messages),
        "keyword_list_messages_per_second": len(texts) / _seconds(KeywordList().fraud, texts),
    }


def _seconds(call: Callable[[Sequence[T]], object], items: Sequence[T]) -> float:
    started = time.perf_counter()
    call(items)
    return time.perf_counter() - started
