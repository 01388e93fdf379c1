"""When Telegram is away the sender tries ever more rarely."""

from bot.delivery.trouble import Trouble


def rests(trouble: Trouble, at: float) -> float:
    """How long it rests from then on, to the quarter of a second."""
    waited = 0.0
    while trouble.rests(at + waited):
        waited += 0.25
    return waited


def test_a_few_failures_are_no_sign() -> None:
    trouble = Trouble(5)
    for _ in range(4):
        trouble.add(100)
        assert not trouble.rests(100)


def test_rests_grow_while_nothing_succeeds() -> None:
    trouble, at, seen = Trouble(5), 100.0, []
    for _ in range(9):
        for _ in range(5):
            trouble.add(at)
        seen.append(rests(trouble, at))
        at += seen[-1]
    assert seen == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_days_of_trouble_do_no_harm() -> None:
    trouble = Trouble(1)
    for _ in range(5_000):
        trouble.add(100)
    assert rests(trouble, 100) == 60


def test_one_success_ends_it() -> None:
    trouble = Trouble(2)
    for _ in range(6):
        trouble.add(100)
    assert trouble.rests(100)
    trouble.over()
    assert not trouble.rests(100)
    trouble.add(100)
    assert not trouble.rests(100)
