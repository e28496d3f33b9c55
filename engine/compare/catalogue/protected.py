"""Questions on protection from harm: section 47 and the police."""

from engine.compare.finding import said, several
from engine.compare.placing import notice, options, record, who_asks, who_tells
from engine.compare.questions import Measure, Question

_POLICE = ("police", "school_police_officer", "local_police")

QUESTIONS = (
    Question(
        section="section_47",
        text="When is a strategy discussion or enquiry called for?",
        find=said(
            "suspected actual or likely Significant Harm\\) is|reasonable cause to suspect"
            "|duty is triggered|strategy (discussion|meeting) (is (held|cons)|shou|be init)"
            "|automatically has|Outcome offered: strategy|holds a strategy|enquiry needs to begin"
            "|view to conducting|life is at risk",
            flows=("disposal", "strategy", "strategy_discussion", "screening"),
            kinds=("option", "decision", "user_task", "route"),
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="section_47",
        text="In which order do assessment, discussion and enquiry come?",
        find=said("comes before|before deciding|may be undertaken|emergency action comes"),
    ),
    Question(
        section="section_47",
        text="What of an emergency?",
        find=said(
            "necessary to protect|immediate provision|emergency action|Immediate Protection"
            "|life is at risk",
            but="^(Collect|Determine)",
        ),
    ),
    Question(
        section="section_47",
        text="Who takes part in the discussion?",
        find=said("take part|between the police|multi-agency|MASH holds"),
        measure=Measure.DUTY,
    ),
    Question(
        section="section_47", text="Which participants are asked for?", find=options("attendees")
    ),
    Question(
        section="section_47",
        text="What can the discussion decide?",
        find=options("strategy_outcome"),
    ),
    Question(
        section="section_47",
        text="Must it be recorded whether a talk was a strategy discussion?",
        find=said("constituted"),
        measure=Measure.DUTY,
    ),
    Question(
        section="section_47",
        text="What does the duty to enquire ask for?",
        find=said(
            "necessary enquiries|access to the child|child's wishes and feelings( about such"
            "|\\.)|Section 47 enquir(y|ies) (must|starts)"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="section_47",
        text="Is the child visited or seen?",
        find=said("child is (visited|seen)|access to the child"),
        measure=Measure.DUTY,
    ),
    Question(
        section="police",
        text="Must the police be told?",
        find=said(
            "notif(y|ies) the Police|Police must be notified|case with police"
            "|police are not informed"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="police",
        text="Who tells the police?",
        find=several(who_asks("notify_police", "police_discussed_at"), who_tells(*_POLICE)),
    ),
    Question(
        section="police",
        text="To whom does it go?",
        find=said("Child Abuse Investigation|Central Referral Unit|police officer|local police a"),
    ),
    Question(
        section="police",
        text="Where does a notice to the police leave?",
        find=notice(*_POLICE),
        measure=Measure.ITEM,
    ),
    Question(
        section="police",
        text="What is the exception?",
        find=said("police are not informed|led intervention"),
    ),
    Question(
        section="police",
        text="May the police be consulted first?",
        find=said("police for a consultation|police consultation|may or may not constitute"),
    ),
    Question(
        section="police",
        text="What is recorded of it?",
        find=several(
            record("police_discussion", "police_not_notified"),
            said("outcome of their discussion|constituted"),
        ),
    ),
    Question(
        section="police",
        text="Which duties fall on the police and others?",
        find=said(
            "Police normally|Police consider|rests with the police|police risk assess"
            "|with Children's Social Care or the Po|not sharing must"
        ),
    ),
)
