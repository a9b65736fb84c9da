"""What the demo team is there for: two teams, eight goals and four standards."""

from store.exchange.demo.scene import Scene
from store.models import (
    Deviation,
    Goal,
    GoalStatus,
    KeyResult,
    Obligation,
    Origin,
    Standard,
    StandardStatus,
    Team,
)


def teams(scene: Scene) -> tuple[Team, ...]:
    """Who builds the platform."""
    return (
        Team(
            id=scene.id("delivery"),
            title="Delivery",
            created=scene.stamp(240, "ana"),
            disciplines=frozenset({"builds", "tests", "deployments"}),
            wip_limit=4,
            capacity=5,
            decision_rights=("How a build runs", "What a deployment shows", "Which tests may be skipped"),
        ),
        Team(
            id=scene.id("runtime", "omar"),
            title="Runtime",
            created=scene.stamp(240, "omar"),
            disciplines=frozenset({"environments", "alerts", "cost"}),
            wip_limit=3,
            capacity=4,
            decision_rights=("How environments are switched on and off", "Who is called at night"),
        ),
    )


def goals(scene: Scene) -> tuple[Goal, ...]:
    """Four priorities of the company, its customers and the team itself, and what stands below them."""
    return (
        Goal(
            id=scene.id("sameday"),
            title="Ship a change the same day",
            origin=Origin.COMPANY,
            created=scene.stamp(190, "ana"),
            weight=5,
            said_by="leadership",
            owner="ana",
            key_results=(
                KeyResult(title="Changes live on the day of their merge", start=22, now=61, target=90, unit="%"),
            ),
            due=scene.day(70),
            guideline="Fix what makes people wait before adding what they could have",
            body="A change that waits a week is merged again three times. The company wants the day it was written to "
            "be the day it is used, for every service and not only for the new ones.",
        ),
        Goal(
            id=scene.id("hour"),
            title="From merge to production within an hour",
            created=scene.stamp(186, "ana"),
            parent=scene.id("sameday"),
            weight=3,
            share=30,
            owner="ana",
            key_results=(
                KeyResult(title="Median time from merge to production", start=190, now=84, target=60, unit="min"),
                KeyResult(title="Services on the one pipeline", start=9, now=31, target=40, unit="services"),
            ),
            due=scene.day(70),
            teams=scene.ids("delivery"),
            guideline="Minutes on every build beat hours on a rare one",
        ),
        Goal(
            id=scene.id("red", "li"),
            title="A red build means a real fault",
            created=scene.stamp(186, "li"),
            parent=scene.id("sameday"),
            weight=2,
            share=20,
            owner="li",
            key_results=(KeyResult(title="Red builds that pass when run again", start=18, now=11, target=3, unit="%"),),
            due=scene.day(40),
            teams=scene.ids("delivery"),
            guideline="Find the shaky test before silencing it",
        ),
        Goal(
            id=scene.id("template"),
            title="Every new service starts from one template",
            created=scene.stamp(186, "ana"),
            status=GoalStatus.ACHIEVED,
            parent=scene.id("sameday"),
            weight=1,
            owner="ana",
            key_results=(KeyResult(title="New services made from it", start=0, now=7, target=6, unit="services"),),
            teams=scene.ids("delivery"),
        ),
        Goal(
            id=scene.id("cloud", "omar"),
            title="Spend a fifth less on cloud",
            origin=Origin.COMPANY,
            created=scene.stamp(150, "omar"),
            weight=3,
            said_by="finance",
            share=15,
            owner="omar",
            key_results=(
                KeyResult(title="Monthly bill of test environments", start=41, now=37, target=31, unit="k€"),
                KeyResult(title="Environments without an owner", start=64, now=12, target=0),
            ),
            due=scene.day(100),
            teams=scene.ids("runtime"),
            guideline="Switch off before making smaller",
        ),
        Goal(
            id=scene.id("friday"),
            title="Checkout deploys on a Friday without fear",
            origin=Origin.CUSTOMER,
            created=scene.stamp(120, "ana"),
            weight=4,
            said_by="checkout",
            share=15,
            owner="mia",
            key_results=(
                KeyResult(title="Time to be back on the old version", start=38, now=16, target=2, unit="min"),
                KeyResult(title="Deployments on a Friday", start=1, now=4, target=12, unit="a month"),
            ),
            due=scene.day(55),
            teams=scene.ids("delivery runtime"),
            guideline="The way back comes before the way forward",
            body="Checkout loses most when it is down on a weekend, so nothing goes out after Thursday noon. They "
            "will change that habit once going back is quicker than asking somebody.",
        ),
        Goal(
            id=scene.id("reports", "li"),
            title="Data rebuilds every report overnight",
            origin=Origin.CUSTOMER,
            created=scene.stamp(40, "li"),
            weight=2,
            said_by="data",
            share=10,
            owner="li",
            key_results=(KeyResult(title="Reports ready at seven", start=40, now=44, target=95, unit="%"),),
            due=scene.day(85),
        ),
        Goal(
            id=scene.id("calm", "mia"),
            title="On call stays calm",
            origin=Origin.TEAM,
            created=scene.stamp(175, "mia"),
            weight=2,
            said_by="mia",
            share=10,
            owner="mia",
            key_results=(KeyResult(title="Calls out of hours", start=14, now=9, target=4, unit="a week"),),
            teams=scene.ids("runtime"),
            guideline="An alert nobody can act on is a fault of ours",
        ),
    )


def standards(scene: Scene) -> tuple[Standard, ...]:
    """How the team has agreed to work."""
    return (
        Standard(
            id=scene.id("way-back", "mia"),
            title="Every deployment can be rolled back",
            created=scene.stamp(118, "mia"),
            status=StandardStatus.IN_FORCE,
            obligation=Obligation.MUST,
            applies_to="tag:deploy",
            owner="mia",
            measure="time to be back on the old version",
            review_on=scene.day(62),
            checklist=("The old version still starts", "Data of the new one can be read by the old one"),
        ),
        Standard(
            id=scene.id("test-first", "li"),
            title="A fix starts with a test that fails",
            created=scene.stamp(160, "li"),
            status=StandardStatus.IN_FORCE,
            obligation=Obligation.SHOULD,
            applies_to="kind:bug",
            owner="li",
            measure="faults that come back within 30 days",
            checklist=("The test failed before the fix", "It runs on every merge"),
            deviations=(
                Deviation(
                    item=scene.id("quota"),
                    reason="The fault was in the provider's quota; nothing of ours could have failed",
                    at=scene.moment(34, 15),
                    by="omar",
                ),
            ),
        ),
        Standard(
            id=scene.id("one-owner"),
            title="What is being done has one owner",
            created=scene.stamp(172, "ana"),
            status=StandardStatus.IN_FORCE,
            obligation=Obligation.MUST,
            applies_to="stage:doing",
            owner="ana",
            measure="work item age",
        ),
        Standard(
            id=scene.id("short-spike", "omar"),
            title="A spike ends after three days with a written answer",
            created=scene.stamp(26, "omar"),
            status=StandardStatus.TRIAL,
            obligation=Obligation.MAY,
            applies_to="kind:spike",
            owner="omar",
            measure="cycle time of spikes",
            review_on=scene.day(20),
            checklist=("The question stands in the item", "The answer became a decision or an item"),
        ),
    )
