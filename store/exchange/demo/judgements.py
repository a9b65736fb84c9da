"""The decision log of the demo: twelve decisions, at least one in every state."""

from store.exchange.demo.scene import Scene
from store.models import Decision, DecisionRuled, DecisionStatus, Expectation, Option, Supersedes


def decisions(scene: Scene) -> tuple[Decision, ...]:
    """What the team has decided, has put off, and still has to decide."""
    return (*_waiting(scene), *_in_force(scene), *_no_longer(scene))


def _ruled(scene: Scene, status: DecisionStatus, days_ago: int, by: str, reason: str = "") -> DecisionRuled:
    return DecisionRuled(status=status, since=scene.moment(days_ago, 15), by=by, reason=reason)


def _waiting(scene: Scene) -> tuple[Decision, ...]:
    return (
        Decision(
            id=scene.id("canary-by"),
            title="Do canary releases go by share of traffic or by region?",
            created=scene.stamp(11, "ana"),
            status=_ruled(scene, DecisionStatus.PROPOSED, 11, "ana"),
            owner="ana",
            decide_by=scene.day(3),
            default="By share of traffic, one per cent first",
            is_reversible=True,
            deciders=frozenset({"ana", "mia"}),
            consulted=frozenset({"checkout", "omar"}),
            items=scene.ids("canary rollback"),
            goals=scene.ids("friday hour"),
            context="Checkout wants to see a new version under real load before everybody has it. Both ways work in "
            "the load balancer today; each shapes how rolling back and measuring will look for years.",
            drivers=("Few people meet a fault", "Going back takes seconds", "The numbers of both versions compare"),
            options=(
                Option(
                    title="By share of traffic",
                    good=("One per cent is one per cent of everything", "Works for services in one region"),
                    neutral=("Needs a sticky session, which checkout has",),
                    bad=("One person may meet both versions in a day",),
                ),
                Option(
                    title="By region",
                    good=("A fault stays in one place", "Support knows whom to expect"),
                    bad=("The smallest region is 18 % of all sales", "Regions differ, so their numbers do not compare"),
                ),
            ),
        ),
        Decision(
            id=scene.id("old-page", "mia"),
            title="Do we keep the old deployment page until summer?",
            created=scene.stamp(33, "mia"),
            status=_ruled(scene, DecisionStatus.PROPOSED, 33, "mia"),
            owner="mia",
            decide_by=scene.day(-5),
            default="It is switched off at the end of the month",
            is_reversible=False,
            deciders=frozenset({"ana", "mia"}),
            informed=frozenset({"checkout", "mobile", "data"}),
            items=scene.ids("steps"),
            goals=scene.ids("hour"),
            context="Three teams still open the old page every day. It takes two days a month to keep it alive.",
            drivers=("Nobody is cut off in a busy week", "Two days a month"),
            options=(
                Option(title="Keep it until summer", good=("No team has to hurry",), bad=("Ten days of upkeep",)),
                Option(
                    title="Switch it off now",
                    good=("One page to explain", "The upkeep ends"),
                    bad=("Mobile's script reads it every ten minutes",),
                ),
            ),
        ),
        Decision(
            id=scene.id("second-region", "omar"),
            title="Does the artefact store get a second region?",
            created=scene.stamp(74, "omar"),
            status=_ruled(
                scene,
                DecisionStatus.DEFERRED,
                67,
                "omar",
                "No service runs in a second region yet, so nobody would read it",
            ),
            owner="omar",
            is_reversible=True,
            trigger="The first service orders a second region",
            items=scene.ids("mirror"),
            goals=scene.ids("friday"),
            context="When the region of the artefact store fails, nothing can be deployed anywhere.",
            drivers=("Deploying during an outage", "Cost of a second copy"),
        ),
    )


def _in_force(scene: Scene) -> tuple[Decision, ...]:
    return (
        Decision(
            id=scene.id("one-pipeline"),
            title="Every service is deployed by the one pipeline",
            created=scene.stamp(140, "ana"),
            status=_ruled(scene, DecisionStatus.ACCEPTED, 133, "ana"),
            owner="ana",
            is_reversible=True,
            review_on=scene.day(48),
            deciders=frozenset({"ana", "li", "mia"}),
            consulted=frozenset({"checkout", "data", "mobile"}),
            goals=scene.ids("hour friday"),
            standards=scene.ids("way-back"),
            supersedes=(Supersedes(decision=scene.id("own-scripts")),),
            context="Forty services had twenty-three ways to production. Each outage began with finding out which one.",
            drivers=("One place to make faster", "One way back", "Teams keep their own steps"),
            options=(
                Option(
                    title="One pipeline with places for a team's own steps",
                    good=("What is learnt once helps everywhere", "Rolling back is the same for all"),
                    bad=("A fault in it stops everybody",),
                ),
                Option(
                    title="A library of scripts",
                    good=("Teams move when they like",),
                    bad=("Twenty-three versions again within a year",),
                ),
            ),
            chosen="One pipeline with places for a team's own steps",
            because="Time to production and the way back can only be improved for all where all go the same way.",
            consequences="Changes to the pipeline itself go out in two steps, a day apart. Old scripts are removed "
            "when the last service has moved.",
            confirmation="The overview of services shows for each how it is deployed.",
            expectation=Expectation(text="35 services moved within half a year", confidence=70),
        ),
        Decision(
            id=scene.id("night-off", "omar"),
            title="Preview environments sleep from eight to six",
            created=scene.stamp(98, "omar"),
            status=_ruled(scene, DecisionStatus.ACCEPTED, 94, "omar"),
            owner="omar",
            is_reversible=True,
            review_on=scene.day(-4),
            deciders=frozenset({"omar", "ana"}),
            consulted=frozenset({"mobile"}),
            items=scene.ids("night"),
            goals=scene.ids("cloud"),
            drivers=("Two thirds of their hours nobody looks at them", "Waking up takes four minutes"),
            chosen="Sleep at night, wake at the first request",
            because="It saves more than any smaller machine would, and nobody asked for previews at night for weeks.",
            consequences="A preview that is opened early in the morning starts slowly.",
            expectation=Expectation(
                text="The bill of test environments falls by 8 % within three months", confidence=75
            ),
        ),
        Decision(
            id=scene.id("containers", "li"),
            title="Builds run in containers, one image for each language",
            created=scene.stamp(178, "li"),
            status=_ruled(scene, DecisionStatus.ACCEPTED, 171, "li"),
            owner="li",
            is_reversible=True,
            deciders=frozenset({"li", "omar"}),
            goals=scene.ids("red hour"),
            drivers=("The same build on every machine", "Upgrades that one person can do"),
            chosen="One image for each language, renewed every month",
            because="Half of the red builds that passed when run again came from machines that differed.",
            expectation=Expectation(text="Red builds that pass when run again fall below 12 %", confidence=80),
            outcome_seen="11 % after five months: it came true, later than thought.",
        ),
        Decision(
            id=scene.id("switches"),
            title="Feature switches live in the code of a service",
            created=scene.stamp(109, "ana"),
            status=_ruled(scene, DecisionStatus.ACCEPTED, 105, "ana"),
            owner="ana",
            is_reversible=True,
            review_on=scene.day(12),
            deciders=frozenset({"ana", "mia"}),
            goals=scene.ids("friday"),
            items=scene.ids("forgets"),
            drivers=("A switch is reviewed like any change", "No further service that can be down"),
            chosen="In the code, read at the start",
            because="A switch that changes without a merge was behind two of the last five outages.",
            consequences="Turning a switch takes a deployment, so deployments must be quick.",
            expectation=Expectation(text="No outage from a switch in half a year", confidence=60),
        ),
        Decision(
            id=scene.id("one-week", "mia"),
            title="On call lasts one week and changes hands on Tuesday",
            created=scene.stamp(129, "mia"),
            status=_ruled(scene, DecisionStatus.ACCEPTED, 127, "mia"),
            owner="mia",
            is_reversible=True,
            deciders=frozenset({"mia"}),
            informed=frozenset({"ana", "li", "omar"}),
            goals=scene.ids("calm"),
            drivers=("Nobody is called two weeks in a row", "The hand-over is on a day when all are in"),
            chosen="One week, Tuesday to Tuesday",
            because="Mondays lose an hour to triage already, and Fridays are the day one wants to hand nothing over.",
        ),
        Decision(
            id=scene.id("base-images", "omar"),
            title="Base images are renewed on the first of each month",
            created=scene.stamp(160, "omar"),
            status=_ruled(scene, DecisionStatus.ACCEPTED, 158, "omar"),
            owner="omar",
            is_reversible=True,
            deciders=frozenset({"omar"}),
            goals=scene.ids("red"),
            items=scene.ids("python"),
            supersedes=(Supersedes(decision=scene.id("containers"), part="the day of renewal"),),
            drivers=("Known holes are closed within a month", "No surprise in the middle of a sprint"),
            chosen="On the first working day of a month",
            because="Renewing at every build broke eleven builds in a fortnight, and renewing by hand was forgotten.",
            expectation=Expectation(text="No build breaks by a new image outside of that day", confidence=90),
            outcome_seen="Two breaks in five months, both on that day: it came true.",
        ),
    )


def _no_longer(scene: Scene) -> tuple[Decision, ...]:
    return (
        Decision(
            id=scene.id("own-scripts"),
            title="Each team writes its own deployment script",
            created=scene.stamp(420, "ana"),
            status=_ruled(scene, DecisionStatus.SUPERSEDED, 133, "ana", "Replaced by the one pipeline"),
            owner="ana",
            goals=scene.ids("hour"),
            chosen="Own scripts, reviewed by us",
            because="There were six services and two of us.",
        ),
        Decision(
            id=scene.id("hosted", "li"),
            title="Buy a hosted build service",
            created=scene.stamp(88, "li"),
            status=_ruled(
                scene,
                DecisionStatus.REJECTED,
                81,
                "li",
                "Our tests need the test data base, which must stay in the house",
            ),
            owner="li",
            is_reversible=False,
            deciders=frozenset({"ana", "li"}),
            goals=scene.ids("hour cloud"),
            drivers=("Nobody looks after build machines", "Price for a minute of building"),
            options=(
                Option(
                    title="Hosted",
                    good=("No machines of ours",),
                    neutral=("About the same price",),
                    bad=("No way to the test data base",),
                ),
                Option(title="Our own machines", good=("The data stays",), bad=("One day a month of upkeep",)),
            ),
        ),
        Decision(
            id=scene.id("two-reviews"),
            title="Every merge needs two reviews",
            created=scene.stamp(300, "ana"),
            status=_ruled(
                scene,
                DecisionStatus.DEPRECATED,
                40,
                "ana",
                "Branch rules of each service say it now; one rule did not fit",
            ),
            owner="ana",
            chosen="Two reviews, and one from on call after six",
            because="A tired change at night took the shop down twice in one month.",
        ),
    )
