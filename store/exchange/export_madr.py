"""A decision as a Markdown Architectural Decision Record, MADR 4: https://adr.github.io/madr/."""

import json
from collections.abc import Iterable, Iterator

from store.exchange.escaping import inline
from store.exchange.markdown_text import long_markdown
from store.models import Decision, DecisionStatus, Option, Workspace


def decision_madr(workspace: Workspace, decision: Decision) -> str:
    """The record as one Markdown file, front matter included; sections without anything in them are left out.

    One-line fields are literal; long texts are Markdown in which nothing runs and no heading ends its section.
    """
    parts = [_front_matter(workspace, decision), f"# {inline(decision.title)}"]
    for heading, text in _sections(workspace, decision):
        if text:
            parts += [heading, text] if heading else [text]
    return "\n\n".join(parts) + "\n"


def _sections(workspace: Workspace, decision: Decision) -> Iterator[tuple[str, str]]:
    yield "## Context and Problem Statement", long_markdown(decision.context)
    yield "## Decision Drivers", _bullets(decision.drivers)
    yield "## Considered Options", _bullets(option.title for option in decision.options)
    yield "## Decision Outcome", _outcome(decision)
    yield "### Consequences", long_markdown(decision.consequences)
    yield "### Confirmation", long_markdown(decision.confirmation)
    argued = [option for option in decision.options if option.good or option.neutral or option.bad]
    yield "## Pros and Cons of the Options", "\n\n".join(_argued(option) for option in argued)
    yield "## More Information", _more(workspace, decision)


def _front_matter(workspace: Workspace, decision: Decision) -> str:
    status: str = decision.status.status.value
    newer = [
        workspace.name_of(workspace.decisions[number])
        for number in workspace.superseded_by.get(decision.id, ())
        if number in workspace.decisions
    ]
    if decision.status.status is DecisionStatus.SUPERSEDED and newer:
        status = f"superseded by {', '.join(newer)}"
    lines = ["---", f"status: {_yaml(status)}", f"date: {decision.status.since.date().isoformat()}"]
    for name, people in (
        ("decision-makers", decision.deciders),
        ("consulted", decision.consulted),
        ("informed", decision.informed),
    ):
        if people:
            lines.append(f"{name}: [{', '.join(_yaml(person) for person in sorted(people))}]")
    return "\n".join([*lines, "---"])


def _outcome(decision: Decision) -> str:
    reason = long_markdown(decision.because)
    if not decision.chosen:
        return reason
    chosen = f'Chosen option: "{inline(decision.chosen)}"'
    if not reason:
        return f"{chosen}."
    return f"{chosen}, because {reason}" if "\n" not in reason else f"{chosen}, because\n\n{reason}"


def _argued(option: Option) -> str:
    lines = [f"### {inline(option.title)}", ""]
    for word, arguments in (("Good", option.good), ("Neutral", option.neutral), ("Bad", option.bad)):
        lines += [f"* {word}, because {inline(argument)}" for argument in arguments]
    return "\n".join(lines)


def _more(workspace: Workspace, decision: Decision) -> str:
    facts: list[str] = []
    for link in decision.supersedes:
        older = workspace.decisions.get(link.decision)
        if older is not None:
            part = f" ({inline(link.part)})" if link.part else ""
            facts.append(f"Supersedes {workspace.name_of(older)} {inline(older.title)}{part}")
    goals = [workspace.goals[number] for number in sorted(decision.goals) if number in workspace.goals]
    facts += [f"Goal {workspace.name_of(goal)} {inline(goal.title)}" for goal in goals]
    items = [workspace.items[number] for number in sorted(decision.items) if number in workspace.items]
    facts += [f"Item {workspace.name_of(item)} {inline(item.title)}" for item in items]
    if decision.expectation is not None:
        expected = decision.expectation
        facts.append(f"Expected, {expected.confidence} % sure: {inline(expected.text)}")
    if decision.outcome_seen:
        facts.append(f"Seen: {inline(decision.outcome_seen)}")
    if decision.review_on is not None:
        facts.append(f"To be reviewed on {decision.review_on.isoformat()}")
    return "\n\n".join(
        part for part in (long_markdown(decision.more), "\n".join(f"* {fact}" for fact in facts)) if part
    )


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"* {inline(text)}" for text in texts)


def _yaml(text: str) -> str:
    """A double-quoted YAML scalar; YAML took its escapes from JSON."""
    return json.dumps(text)
