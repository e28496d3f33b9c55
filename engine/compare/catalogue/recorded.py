"""Questions on special ways and on records: pathways, out of hours, sign-off, early help."""

from engine.compare.finding import office_hours, out_of_hours, said, several
from engine.compare.placing import asked, options, who
from engine.compare.questions import Measure, Question

_PATHWAY = ("contact", "recording", "disposal", "strategy")

QUESTIONS = (
    Question(
        section="pathways",
        text="What of harm by a stranger or another child?",
        find=several(
            said("two listed questions|alleged perpetrator is likely|omission or commiss"),
            asked("harm_caused_by", "perpetrator_poses_risk", "carer_contributed"),
        ),
    ),
    Question(
        section="pathways",
        text="What of a child hit with an implement?",
        find=said(section="belt|stick|implement|chastis"),
    ),
    Question(
        section="pathways",
        text="What of sexual exploration under 10?",
        find=said(section="under 10|sexual exploration"),
    ),
    Question(
        section="pathways",
        text="What of sexting?",
        find=said(section="^sexting"),
    ),
    Question(
        section="pathways",
        text="What is the setting that reports asked to do?",
        find=said(
            "setting reporting|Support and advice|responses of the parents|for their records"
            "|follow up involvement|whether any follow up",
            flows=_PATHWAY,
        ),
    ),
    Question(
        section="pathways",
        text="On which database is a pathway kept?",
        find=said("Early Help database|statutory database"),
    ),
    Question(
        section="pathways",
        text="What of domestic violence?",
        find=said(
            "domestic (violence|abuse)|police risk assess|automatically has|is triaged"
            "|Outcome offered: (strategy|Children &|Early Help support)"
        ),
    ),
    Question(
        section="pathways", text="What of neglect?", find=said("neglect|observation of parenting")
    ),
    Question(
        section="pathways",
        text="Which kinds of concern does the form tell apart?",
        find=options("concern_kind"),
    ),
    Question(
        section="out_of_hours",
        text="Who serves out of hours?",
        find=several(out_of_hours),
        always=True,
    ),
    Question(
        section="out_of_hours",
        text="What does the procedure say of it?",
        find=said("Emergency Duty Team|Police Head Quarters"),
    ),
    Question(
        section="out_of_hours", text="When is the office open?", find=office_hours, always=True
    ),
    Question(section="out_of_hours", text="By which telephone line?", find=said("Contact is to")),
    Question(
        section="recording",
        text="How is a contact recorded?",
        find=said(
            "as a Contact on|agreed referral form|social care file|Every Initial Contact"
            "|information is recorded on the elec"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="How is the decision on a referral recorded?",
        find=said(
            "next steps decided are|Mosaic must|Mosaic update must include the disposal"
            "|records the decision|record the decision|Every Initial Contact"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="Does the referrer record it too?",
        find=said("referrer (also records|must record)|responses of the parents"),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="Is the manager’s authorisation part of the record?",
        find=said("authorised by the Duty Manager|confirmation that the disposal"),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="Does a manager sign the outcome?",
        find=said("manager must sign|sign and approve"),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="Who signs it?",
        find=who(lambda e: "sign_off" in e.properties.get("record", "")),
        measure=Measure.AUTHORISER,
    ),
    Question(
        section="recording",
        text="Is a chronology kept?",
        find=said("Chronology"),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="Which difficulties at home are recorded?",
        find=said("^(Ask and record|Record details of)|four listed factors|drug or alcohol misuse"),
        measure=Measure.DUTY,
    ),
    Question(
        section="recording",
        text="What makes a record good?",
        find=said("own words|body map|reported by the carer|timed, dated|Sign and date|unusual ev"),
    ),
    Question(
        section="early_help",
        text="How does a child come to early help?",
        find=said(
            "early help gateway|step down to Early Help|into the Team|through the TAC process"
            "|Early Help support|Early Help Hub|Early Help Criteria|identified through the Ea"
        ),
    ),
    Question(
        section="early_help",
        text="Who takes it forward?",
        find=said("discusses the options|gains consent|key role|'Ownership'"),
    ),
    Question(
        section="early_help",
        text="Is an early help assessment made before a referral?",
        find=said("Early Help Assessment is (completed|used)|support a Referral|EHA Form"),
        measure=Measure.DUTY,
    ),
    Question(
        section="early_help",
        text="Is there a family group conference?",
        find=said("Family (Group )?Conference"),
    ),
    Question(
        section="early_help",
        text="Does the referrer say whether there is an early help assessment?",
        find=asked("early_help_assessment", "team_around_the_child"),
        measure=Measure.ITEM,
    ),
    Question(
        section="other",
        text="Must other professionals help?",
        find=said("duty to cooperate"),
        measure=Measure.DUTY,
    ),
    Question(section="other", text="What is asked of referrers?", find=said(flows=("referrer",))),
    Question(
        section="other",
        text="By which test is information shared?",
        find=said(
            "public interest|best interests|legal obligations|necessary, proportionate"
            "|Information Sharing advice|not a barrier"
        ),
    ),
)
