"""Names that the source has too, in each other's part: "A took over B" where it was B that took over A."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from headwater.comparison.names_frames import Frame, read_frames
from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting, find_lists
from headwater.comparison.names_slots import LIKE_STATEMENT, SAME_WORDS, coverage, differ_in_values
from headwater.domain.facts import Annotated, NameKind, NameMention

SAME_MATTER = 0.5  # share of the claim sentence's content, names set aside: one verb is used of many matters
ONE_SIDED = 0.6  # the same where only one side of the verb is seen to be exchanged
MOST_FACED = 24  # frames of one verb in the passages: more are a register's, not a story's
_BODIES = frozenset((NameKind.ORGANISATION, NameKind.PLACE, NameKind.OTHER))


@dataclass(frozen=True, slots=True)
class Part:
    """A verb of a text with the settings of the names that take part in it, and names in one list with an agent."""

    frame: Frame
    agents: tuple[Setting, ...]
    patients: tuple[Setting, ...]
    beside: frozenset[str] = frozenset()


def read_parts(text: Annotated, settings: Sequence[Setting]) -> tuple[Part, ...]:
    """Return the verbs of a text with the settings of their names.

    Args:
        text: A claim or a passage.
        settings: Of all its names, in order.
    """
    by_place = {setting.place: setting for setting in settings}
    lists = [set(places) for places in find_lists(text.text, text.facts.names)]
    return tuple(
        Part(frame, _of(by_place, frame.agents), _of(by_place, frame.patients), _beside(by_place, frame.agents, lists))
        for frame in read_frames(text.text, text.facts.names)
    )


def _of(by_place: dict[int, Setting], places: Sequence[int]) -> tuple[Setting, ...]:
    return tuple(by_place[place] for place in places if place in by_place)


def _beside(by_place: dict[int, Setting], agents: Sequence[int], lists: Sequence[Set[int]]) -> frozenset[str]:
    places = {place for one in lists if not one.isdisjoint(agents) for place in one} - set(agents)
    return frozenset(by_place[place].mention.canonical for place in places if place in by_place)


def find_exchanged(claimed: Sequence[Part], official: Sequence[Part]) -> Iterator[tuple[Setting, Setting]]:
    """Yield each name of the claim that has another's part, with the official name whose part it is.

    Args:
        claimed: Of the claim.
        official: Of the passages.
    """
    for ours in claimed:
        alike = [theirs for theirs in official if theirs.frame.verb == ours.frame.verb][:MOST_FACED]
        if not alike or any(_agree(ours, theirs) for theirs in alike):
            continue
        turned = next((theirs for theirs in alike if _is_turned(ours, theirs)), None)
        if turned is not None and _tells_of_one(ours.agents[0], turned.patients[0]):
            yield _named(ours.agents), _named(turned.agents)
            continue
        for theirs in alike:
            if _is_another_agent(ours, theirs, claimed, official):
                yield _named(ours.agents), _named(theirs.agents)
                break


def _named(names: Sequence[Setting]) -> Setting:
    """Return the one that is a name rather than an office."""
    return names[-1]


def _agree(ours: Part, theirs: Part) -> bool:
    """Say whether a name has the same part on both sides, or both parts are filled by what may be the same."""
    return _meet(ours.agents, theirs.agents) or _meet(ours.patients, theirs.patients)


def _is_turned(ours: Part, theirs: Part) -> bool:
    """Say whether each name has the other's part."""
    return _meet(ours.agents, theirs.patients) and _meet(ours.patients, theirs.agents)


def _meet(ours: Sequence[Setting], theirs: Sequence[Setting]) -> bool:
    return any(_can_be_one(one.mention, other.mention) for one in ours for other in theirs)


def _can_be_one(ours: NameMention, theirs: NameMention) -> bool:
    """Say whether two names can be one: also "Leeds" and "Leeds United"."""
    if relate_names(ours, theirs) is not NameRelation.APART:
        return True
    first, second = set(ours.canonical.split()), set(theirs.canonical.split())
    return first <= second or second <= first


def _tells_of_one(ours: Setting, theirs: Setting) -> bool:
    return not differ_in_values(ours, theirs)


def _is_another_agent(ours: Part, theirs: Part, claimed: Sequence[Part], official: Sequence[Part]) -> bool:
    """Say whether the claim's agent stands elsewhere in the official sentence that gives its part to another."""
    if not ours.agents or not theirs.agents or ours.frame.planned != theirs.frame.planned:
        return False
    one, other = _named(ours.agents), _named(theirs.agents)
    if not _are_alike(one, other) or differ_in_values(one, other) or _stand_together(one, ours, other, theirs):
        return False
    beside = [part for part in official if part.frame.verb != ours.frame.verb and _same_sentence(part, theirs)]
    if any(_gives_way(mine, their, ours, theirs) for mine in claimed for their in beside):
        return True
    if _is_of_a_noun(ours.frame):
        return False
    same = any(_meet((one,), part.agents) for part in beside) and coverage(one, other) >= ONE_SIDED
    return same or (one.mention.canonical in other.names and _is_mostly_told(one, other))


def _stand_together(one: Setting, ours: Part, other: Setting, theirs: Part) -> bool:
    """Say whether the two names are of one list of agents: which of it is the agent, a reading may miss."""
    return other.mention.canonical in ours.beside or one.mention.canonical in theirs.beside


def _is_of_a_noun(frame: Frame) -> bool:
    """Say whether a frame is "contributions to": a noun is used of many matters, and tells nothing by itself."""
    return " " in frame.verb and not frame.directed


def _gives_way(mine: Part, their: Part, ours: Part, theirs: Part) -> bool:
    """Say whether another verb has the two names the other way round as well: neither part is what it was."""
    same = mine.frame.verb == their.frame.verb and mine.frame.sentence == ours.frame.sentence
    return same and _meet(mine.agents, theirs.agents) and _meet(ours.agents, their.agents)


def _is_mostly_told(ours: Setting, theirs: Setting) -> bool:
    """Say whether the official sentence holds half of what the claim's says, both names set aside."""
    told = {key: weight for key, weight in ours.told.items() if key != f"={theirs.mention.canonical}"}
    shared = [1.0, *(weight for key, weight in told.items() if key in theirs.told)]  # 1: the verb, by another word
    return len(shared) > SAME_WORDS and sum(shared) >= SAME_MATTER * sum(told.values())


def _same_sentence(one: Part, other: Part) -> bool:
    first, second = (*one.agents, *one.patients)[0], (*other.agents, *other.patients)[0]
    return (first.passage, first.sentence) == (second.passage, second.sentence)


def _are_alike(one: Setting, other: Setting) -> bool:
    kinds = {one.mention.kind, other.mention.kind}
    return len(kinds) == 1 or NameKind.OTHER in kinds or kinds == {NameKind.ORGANISATION, NameKind.OFFICE}


@dataclass(frozen=True, slots=True)
class Official:
    """What the passages say that a name of the claim may face.

    Args:
        parts: Their verbs.
        free: Canonical names that the claim does not have.
        told: By index of the passage, its content words and names.
    """

    parts: Sequence[Part]
    free: Set[str]
    told: Mapping[int, frozenset[str]]


def find_filling(name: Setting, claimed: Sequence[Part], official: Official) -> Setting | None:
    """Return the one official name that has the part, beside the same verb, which the claim gives to a name.

    Args:
        name: A name of the claim that the source does not have.
        claimed: The claim's verbs.
        official: What the passages say.
    """
    for ours in claimed:
        if _is_of_a_noun(ours.frame):
            continue
        for side, other in ((_agents, _patients), (_patients, _agents)):
            if name not in side(ours):
                continue
            found = {
                one.mention.canonical: one
                for theirs in [part for part in official.parts if part.frame.verb == ours.frame.verb][:MOST_FACED]
                if _may_meet(other(ours), other(theirs))
                for one in side(theirs)
                if one.mention.canonical in official.free and _fills(name, one) and _tells_alike(name, one, official)
            }
            if len(found) == 1:
                return next(iter(found.values()))
    return None


def _agents(part: Part) -> tuple[Setting, ...]:
    return part.agents


def _patients(part: Part) -> tuple[Setting, ...]:
    return part.patients


def _fills(ours: Setting, theirs: Setting) -> bool:
    """Say whether two names can fill one part: people, or bodies of any sort (a state acts as an agency does)."""
    kinds = {ours.mention.kind, theirs.mention.kind}
    return len(kinds) == 1 or kinds <= _BODIES


def _may_meet(ours: Sequence[Setting], theirs: Sequence[Setting]) -> bool:
    return not ours or not theirs or _meet(ours, theirs)


def _tells_alike(ours: Setting, theirs: Setting, official: Official) -> bool:
    """Say whether the official sentence shares some words with the claim's, and its paragraph much of what it says."""
    shared = sum(key[0] != "=" for key in ours.told.keys() & theirs.told.keys())
    around = official.told.get(theirs.passage, frozenset())
    held = sum(weight for key, weight in ours.told.items() if key in around)
    like = held >= LIKE_STATEMENT * sum(ours.told.values())
    return shared >= SAME_WORDS and like and not differ_in_values(ours, theirs)
