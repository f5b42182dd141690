"""Departments and who heads them: "the Education Department" may be what a text calls the Secretary of Education."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DEPARTMENT = re.compile(
    r"(?:the )?(?:(?:department|dept|ministry)(?: of| for)?(?: the)? (?P<behind>.+)"
    r"|(?P<before>.+) (?:department|dept|ministry))"
)
_OFFICE = re.compile(r"(?P<field>.+) (?:secretary|minister)")
_OF_OTHERS = ("shadow ", "deputy ", "assistant ", "junior ", "acting ")


def find_department_field(name: str) -> str | None:
    """Return what a department is for, or None for another name.

    Args:
        name: In any case.

    >>> find_department_field("Department of Education"), find_department_field("Treasury")
    ('education', None)
    """
    found = _DEPARTMENT.fullmatch(" ".join(name.lower().replace("&", "and").split()))
    return (found["behind"] or found["before"]) if found else None


def find_office_field(canonical: str) -> str | None:
    """Return what a secretary or minister is for, or None for another office.

    Args:
        canonical: An office as offices are compared: "education secretary".

    >>> find_office_field("education secretary"), find_office_field("shadow education secretary")
    ('education', None)
    """
    found = _OFFICE.fullmatch(canonical)
    return found["field"] if found and not canonical.startswith(_OF_OTHERS) else None


def is_of_one_department(canonical: str, others: Iterable[str]) -> bool:
    """Say whether a department stands among names by its head, or a head by the department.

    Args:
        canonical: A name.
        others: Names in canonical form.

    >>> is_of_one_department("department of education", ["education secretary"])
    True
    >>> is_of_one_department("department of education", ["labor secretary"])
    False
    """
    field = find_department_field(canonical)
    if field is not None:
        return any(find_office_field(other) == field for other in others)
    field = find_office_field(canonical)
    return field is not None and any(find_department_field(other) == field for other in others)
