"""The tables of saved checks: what was asked, what was decided so far, and what readers decided on it."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class SavedCheckRow(SQLModel, table=True):
    """A check that its owner wanted kept. Times are ISO 8601 in UTC; "" where there was none."""

    __tablename__ = "saved_checks"

    check_id: str = Field(primary_key=True)  # unguessable: whoever knows it may read the check
    owner: str  # id of the key it was asked with, or ""
    state: str  # waiting, running, done, failed, cancelled, interrupted
    asked: str = Field(sa_column=Column(Text, nullable=False))  # JSON: texts and options
    rest: str = Field(sa_column=Column(Text, nullable=False))  # JSON: what stands at the end of the report, or ""
    problem: str  # JSON: why it failed, or ""
    versions: str  # JSON: what the first claims were decided by: a check that goes on must find the same
    created: str
    ended: str
    expires: str
    holder: str  # the process that works at it
    beat: str  # when that last gave a sign


class SavedStepRow(SQLModel, table=True):
    """The claims of one sentence, decided."""

    __tablename__ = "saved_steps"

    step: str = Field(primary_key=True)  # id of the check, colon, number with leading zeros: in order
    check_id: str = Field(index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))  # JSON


class SavedDecisionRow(SQLModel, table=True):
    """What a reader decided on a finding; the last word counts."""

    __tablename__ = "saved_decisions"

    decision: str = Field(primary_key=True)  # id of the check, claim, place of the finding, parted by colons
    check_id: str = Field(index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))  # JSON


CHECKS = SQLModel.metadata.tables["saved_checks"]
STEPS = SQLModel.metadata.tables["saved_steps"]
DECISIONS = SQLModel.metadata.tables["saved_decisions"]
