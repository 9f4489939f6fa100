"""What a child may take by the clock follows from what it may compute."""

from casebook.confinement.bounds import Bounds


def test_the_clock_gives_four_seconds_for_each_of_computing() -> None:
    assert Bounds(memory_bytes=1, seconds=15, reply_bytes=1).clock_s == 60
