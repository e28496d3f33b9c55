"""Questions on how it is weighed and decided: screening, limits, disposal."""

from engine.compare.finding import at_once, ordinary, said, with_limit
from engine.compare.placing import asked, who_asks
from engine.compare.questions import Measure, Question
from engine.compare.tabled import inputs, numbered

QUESTIONS = (
    Question(
        section="screening",
        text="What is looked at before deciding?",
        find=said(
            "takes account of (any|info)|existing records|discussion with (the|any) referr"
            "|involving (the police|other)|other agencies (as|in)|records are checked|all the child"
            "|Referrers are asked|is asked specifically|agency checks|Referral is being made"
            "|Information shared is always|subject of a Child",
            flows=("screening", "confidentiality"),
        ),
    ),
    Question(
        section="screening",
        text="What is to be established about the concern?",
        find=said(
            "^Establish |^Clarify (the nature|how and|the apparent|whether there are concerns"
            " about abuse|whether the child)"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="screening",
        text="What is to be determined?",
        find=said("^Determine whether|^Address (whether|when)", flows=("screening",)),
        measure=Measure.DUTY,
    ),
    Question(
        section="screening",
        text="How is significant harm judged?",
        find=said(
            "Significant Harm\\.$|similar child|listed matters|definitions of Phys|also a Child in"
            "|^Include |^Take into|^Consider (the|needs)",
            flows=("screening",),
        ),
    ),
    Question(
        section="screening",
        text="Is the whole household looked at?",
        find=said("children in the household|other children|any children"),
        measure=Measure.DUTY,
    ),
    Question(
        section="screening",
        text="Are the child’s wishes and feelings asked?",
        find=said("wishes and feelings"),
        measure=Measure.DUTY,
    ),
    Question(
        section="screening",
        text="What does the table of disposal options look at?",
        find=inputs("disposal_option"),
    ),
    Question(
        section="screening",
        text="Which level of need is judged?",
        find=asked("level_of_need", "likely_to_escalate", "child_in_need"),
    ),
    Question(section="deadlines", text="What is to be done at once?", find=at_once),
    Question(
        section="deadlines",
        text="What is to be done soon, without a number?",
        find=said("as soon as possible|earliest possible|no numeric limit|soon as the child"),
        measure=Measure.DUTY,
    ),
    Question(
        section="deadlines",
        text="Which clauses set a limit?",
        find=with_limit,
    ),
    Question(
        section="disposal",
        text="Who authorises the disposal?",
        find=who_asks("manager_authorises"),
        measure=Measure.AUTHORISER,
        always=True,
    ),
    Question(
        section="disposal",
        text="What must be authorised, and how firmly?",
        find=said(kinds=("authorisation",), flows=("disposal", "recording")),
        measure=Measure.DUTY,
    ),
    Question(
        section="disposal",
        text="How many disposal options are numbered?",
        find=numbered("disposal_option"),
        always=True,
    ),
    Question(
        section="disposal",
        text="Which tiers of disposal are there?",
        find=said("^Disposal option"),
    ),
    Question(
        section="disposal",
        text="What may come of a referral below the threshold?",
        find=ordinary(
            said(
                "^Outcome offered|^Alternative option|no-further-action decision\\.$",
                flows=("disposal", "feedback"),
            )
        ),
    ),
    Question(
        section="disposal",
        text="Is one result chosen, or several?",
        find=said("results in ('one of'|exactly one)"),
    ),
    Question(
        section="disposal",
        text="Must an assessment follow?",
        find=said(
            "Assessment must (be|result)|commences? a C&F|may authorise an? (Single )?Assess"
            "|Single Assessment results|responsible for assessing|must arrange an Assessment"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="disposal",
        text="Is redirecting a way out beside the options?",
        find=said("redirected within|re-direct|forwarded to the relevant"),
    ),
    Question(
        section="disposal",
        text="Are thresholds looked at when it is authorised?",
        find=said("Thresholds? .*authoris", flows=("disposal",)),
        measure=Measure.DUTY,
    ),
)
