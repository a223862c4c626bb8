"""The processes that make editions: order, failure, interruption, and that none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hooks.core import workers
from hooks.core.workers import Crew, WorkerEnded, here

_MISSING = "this-file-is-not-there"


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(2)
    yield crew
    crew.close()


def _wait_for_end(pid: int) -> bool:
    for _ in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def test_results_come_in_the_order_of_the_calls_from_more_than_one_process(crew: Crew) -> None:
    calls = [(time.sleep, (0.4,)), *[(divmod, (number, 7)) for number in range(20)]]
    assert list(crew.run(calls)) == [None, *(divmod(number, 7) for number in range(20))] == list(here(calls))
    pids = set(crew.run([(os.getpid, ())] * 40))
    assert os.getpid() not in pids and len(pids) == 2


def test_few_calls_are_not_worth_a_process(crew: Crew) -> None:
    assert set(crew.run([(os.getpid, ())] * 3)) == {os.getpid()}
    assert set(Crew(1).run([(os.getpid, ())] * 30)) == {os.getpid()}


def test_work_of_one_process_is_given_up_between_two_calls() -> None:
    class GivenUp(BaseException):
        pass

    made: list[int] = []

    def tick() -> None:
        if len(made) == 2:
            raise GivenUp

    with pytest.raises(GivenUp):
        list(Crew(1).run([(made.append, (number,)) for number in range(5)], tick))
    assert made == [0, 1]


def test_a_process_that_is_killed_costs_its_own_call_only(crew: Crew) -> None:
    calls = [(abs, (-1,)), (os._exit, (3,)), (abs, (-2,)), (signal.raise_signal, (signal.SIGKILL,)), (abs, (-3,))]
    results = list(crew.run(calls))
    assert [results[0], results[2], results[4]] == [1, 2, 3]
    assert isinstance(results[1], WorkerEnded) and "status 3" in str(results[1])
    assert isinstance(results[3], WorkerEnded) and "SIGKILL" in str(results[3])


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says what a process holds")
def test_a_process_that_holds_too_much_is_replaced_once_its_call_is_done() -> None:
    crew = Crew(2, most=1)
    pids = list(crew.run([(os.getpid, ())] * 5))
    assert len(set(pids)) == 5 and all(_wait_for_end(pid) for pid in pids)
    assert list(crew.run([(abs, (-number,)) for number in range(5)])) == [0, 1, 2, 3, 4]
    crew.close()


def test_the_successor_of_a_killed_process_serves_later_runs(crew: Crew) -> None:
    list(crew.run([(os._exit, (3,))] * 4))
    time.sleep(0.5)
    for _ in range(3):
        assert list(crew.run([(abs, (-1,))] * 6)) == [1] * 6


def test_a_fault_of_the_code_is_shown_with_its_place(crew: Crew) -> None:
    with pytest.raises(RuntimeError, match=f"(?s)FileNotFoundError.*{_MISSING}"):
        list(crew.run([(os.listdir, (_MISSING,))] * 4))


def test_a_process_may_be_ended_by_several_at_once() -> None:
    crew = Crew(2)
    for _ in range(20):
        crew.prepare()
        list(crew.run([(abs, (-1,))] * 4))
        with ThreadPoolExecutor(8) as pool:
            ended = [pool.submit(worker.kill) for worker in crew._all for _ in range(4)]
        assert {future.result() for future in ended} == {"signal SIGKILL"}
        crew.close()


def test_what_a_worker_prints_does_not_disturb_its_results(crew: Crew) -> None:
    assert list(crew.run([(os.system, ("echo noise",)), *[(abs, (-1,))] * 4])) == [0, 1, 1, 1, 1]


def test_closing_ends_the_processes_and_takes_their_files_away() -> None:
    crew = Crew(2)
    pids = set(crew.run([(os.getpid, ())] * 20))
    [scratch] = crew.run([(os.getenv, ("TMPDIR",))])
    (Path(scratch) / "left").write_text("x")
    crew.close()
    assert all(_wait_for_end(pid) for pid in pids) and not Path(scratch).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_build_leaves_no_process_behind() -> None:
    code = (
        "from hooks.core.workers import Crew; import os, time; c = Crew(2); c.prepare(); print(*c.run([(os.getpid, ())]), flush=True); "
        "list(c.run([(time.sleep, (60,))] * 2))"
    )
    build = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    worker = int(build.stdout.readline())
    assert Path(f"/proc/{worker}").exists()
    build.kill()
    build.wait()
    assert _wait_for_end(worker)


@pytest.mark.parametrize(("setting", "count"), [("1", 1), ("5", 5), ("0", 1), ("many", os.cpu_count()), (None, os.cpu_count())])
def test_the_variable_sets_the_number_of_processes(monkeypatch: pytest.MonkeyPatch, setting: str | None, count: int) -> None:
    monkeypatch.delenv(workers.VARIABLE, raising=False)
    if setting is not None:
        monkeypatch.setenv(workers.VARIABLE, setting)
    assert workers.processes() == count
