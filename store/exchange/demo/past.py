"""What the demo team has finished or dropped in the last half year, oldest first."""

from typing import Final

from store.exchange.demo.draft import Draft
from store.models import Kind, Ruling


def _done(title: str, serves: dict[str, int], size: int, owner: str, tags: str, kind: Kind = Kind.FEATURE) -> Draft:
    return Draft(
        title=title,
        kind=kind,
        by=owner,
        requester=owner,
        owner=owner,
        team="delivery" if owner in {"ana", "li"} else "runtime",
        serves=serves,
        size=size,
        tags=tags,
        ruling=Ruling.NOW,
    )


FINISHED: Final = (
    _done("One image for each language", {"red": 3, "hour": 1}, 5, "li", "builds images"),
    _done("Give every environment an owner", {"cloud": 2}, 2, "omar", "environments", Kind.CHORE),
    _done("Build fails when the log has no line feed", {}, 1, "li", "builds logs", Kind.BUG),
    _done("Hand over on call on Tuesdays", {"calm": 1}, 1, "mia", "alerts", Kind.IMPROVEMENT),
    _done("Pipeline with places for own steps", {"hour": 3}, 8, "ana", "deploy"),
    _done("Move checkout to the one pipeline", {"hour": 2, "friday": 1}, 3, "ana", "deploy"),
    _done("Silence alerts during a planned change", {"calm": 2}, 2, "mia", "alerts"),
    _done("Template for a new service", {"template": 3}, 5, "ana", "catalogue"),
    _done("Retry downloads in builds", {"red": 2}, 1, "li", "builds", Kind.IMPROVEMENT),
    _done("Move data to the one pipeline", {"hour": 2}, 3, "li", "deploy"),
    _done("Remove environments nobody opened for a month", {"cloud": 3}, 3, "omar", "environments cost"),
    _done("Deployments stop when a pod restarts", {"hour": 1}, 2, "omar", "deploy", Kind.BUG),
    _done("Tell the author when a build turns red", {"red": 1}, 2, "li", "builds", Kind.IMPROVEMENT),
    _done("Owners in the service catalogue", {"template": 1, "calm": 1}, 3, "ana", "catalogue"),
    _done("Full disk took builds down", {"red": 1}, 1, "li", "builds", Kind.INCIDENT),
    _done("Which alerts did nobody act on?", {"calm": 2}, 2, "mia", "alerts", Kind.SPIKE),
    _done("Delete eleven alerts nobody acted on", {"calm": 3}, 1, "mia", "alerts", Kind.CHORE),
    _done("Move mobile to the one pipeline", {"hour": 2}, 3, "ana", "deploy"),
    _done("Show a queue before the build starts", {"hour": 1}, 2, "li", "ui builds", Kind.IMPROVEMENT),
    _done("Keep the last three versions ready to start", {"friday": 3}, 5, "omar", "deploy"),
    _done("Checks read the feature switches at start", {"friday": 1}, 2, "ana", "deploy", Kind.IMPROVEMENT),
    Draft(
        name="quota",
        title="Builds waited for a quota of the provider",
        kind=Kind.INCIDENT,
        by="omar",
        requester="omar",
        owner="omar",
        team="runtime",
        serves={"hour": 1},
        size=1,
        tags="builds",
        ruling=Ruling.NOW,
        reason="Nobody could build for two hours",
    ),
    _done("Smaller machines for preview environments", {"cloud": 2}, 2, "omar", "cost environments", Kind.IMPROVEMENT),
    _done("Dark theme for the build log", {}, 2, "ana", "ui logs", Kind.IMPROVEMENT),
    _done("Last good version stands beside the present one", {"friday": 2}, 2, "mia", "ui deploy", Kind.IMPROVEMENT),
    _done("Deploy without a build when only settings changed", {"hour": 2, "friday": 1}, 3, "ana", "deploy"),
    _done("Alert says since when", {"calm": 1}, 1, "mia", "alerts", Kind.IMPROVEMENT),
    _done("Slow test data base in the morning", {"red": 1, "hour": 1}, 2, "li", "tests", Kind.BUG),
)
"""Twenty-eight items; when each went through which stage is worked out from the calendar."""

DROPPED: Final = (
    Draft(
        title="Deployments by chat message",
        created=133,
        by="ana",
        requester="mobile",
        tags="deploy",
        source="#452",
        ruling=Ruling.DECLINE,
        reason="Anybody in the room could deploy; the one pipeline stays the only way",
        is_dropped=True,
    ),
    Draft(
        title="A build status lamp for the corridor",
        created=96,
        by="li",
        requester="checkout",
        tags="builds",
        source="#498",
        ruling=Ruling.DECLINE,
        reason="Serves no goal; the author of a red build is told by now",
        is_dropped=True,
    ),
    Draft(
        title="Own branding for each team's deployment page",
        created=69,
        by="ana",
        requester="data",
        tags="ui",
        source="#537",
        ruling=Ruling.DECLINE,
        reason="Nobody finds a deployment faster by its colours",
        is_dropped=True,
    ),
    Draft(
        name="undo-deploy",
        title="A way to undo a deployment",
        created=26,
        by="mia",
        requester="data",
        tags="deploy",
        source="#592",
        ruling=Ruling.DUPLICATE,
        reason="Same wish from another team",
        repeats="rollback",
        is_dropped=True,
    ),
    Draft(
        title="Forecast the cloud bill from the backlog",
        kind=Kind.SPIKE,
        created=55,
        by="omar",
        requester="finance",
        owner="omar",
        team="runtime",
        serves={"cloud": 1},
        size=3,
        tags="cost",
        ruling=Ruling.NOW,
        reason="Finance asked for a date",
        started=35,
        ended=28,
        is_dropped=True,
    ),
)
"""Four that triage declined, and one that was given up after it was started."""
