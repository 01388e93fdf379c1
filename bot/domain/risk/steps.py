"""Which steps to suggest: what the person came for first, then what helps against each factor."""

from collections.abc import Iterable, Mapping
from itertools import chain, zip_longest

from bot.domain.facts import Fact, Value, values
from bot.domain.risk.assessment import Assessment
from bot.domain.risk.criteria import Criteria


def suggest(
    criteria: Criteria,
    assessment: Assessment,
    requests: Iterable[str],
    facts: Mapping[str, Fact],
    limit: int = 5,
) -> tuple[str, ...]:
    """Codes of at most `limit` steps, each once: the first of every request and factor, then the second, …

    Steps that the facts make pointless are left out; the fallback fills in when nothing is left.
    """
    known = values(facts)
    wanted = [criteria.requests.get(request, ()) for request in requests]
    wanted += [criteria.steps_by_factor.get(code, ()) for code in assessment.factors]
    useful = [[step for step in steps if _useful(criteria, step, known)] for steps in wanted]
    rounds = chain.from_iterable(zip_longest(*useful))
    picked = tuple(dict.fromkeys(step for step in rounds if step is not None))
    fallback = tuple(step for step in criteria.fallback if _useful(criteria, step, known))
    return (picked or fallback or criteria.fallback)[:limit]


def _useful(criteria: Criteria, step: str, known: Mapping[str, Value]) -> bool:
    unless = criteria.steps[step].unless
    return unless is None or not unless.judge(known)
