"""Questions on what is answered: feedback, written confirmation, consultation."""

from engine.compare.finding import label, said, several
from engine.compare.placing import record
from engine.compare.questions import Measure, Question

QUESTIONS = (
    Question(
        section="feedback",
        text="Is a professional referrer told the outcome?",
        find=said(
            "professional referrers? (are|of|is)|informs any professional|next steps of action"
            " is fed back|Feedback is in writing|how feedback will",
            flows=("feedback",),
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="feedback",
        text="Is a member of the public told?",
        find=said(
            "member of the public at|non-professional referrers|next steps of action is fed"
            "|responded to in line|Feedback (to a|is given|on the)|Acknowledgement/feedback",
            flows=("feedback", "contact", "confidentiality"),
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="feedback",
        text="Does feedback respect the child’s confidentiality?",
        find=said("child's confidentiality"),
        measure=Measure.DUTY,
    ),
    Question(
        section="feedback",
        text="What of feedback where no further action follows?",
        find=said("no[- ]further[- ]action|alternative options", flows=("feedback",)),
        measure=Measure.DUTY,
    ),
    Question(
        section="feedback",
        text="Is what the referrer wrote acknowledged?",
        find=said("acknowledge", but="child's confidentiality"),
        measure=Measure.DUTY,
    ),
    Question(
        section="feedback",
        text="What can a referrer do who hears nothing or disagrees?",
        find=said(
            "no acknowledgement|Escalation|differences of opinion|follow(ed)? up the concern"
            "|shares this with"
        ),
    ),
    Question(
        section="feedback",
        text="Are child and family told?",
        find=said(
            "child and family must be|Parents are informed that|source of the referral is di"
            "|family is told"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="feedback",
        text="What is sent after a consultation?",
        find=said("summary of the conversation|letter outlining"),
    ),
    Question(
        section="writing",
        text="Who confirms in writing?",
        find=said(
            "confirm(ed|s)? (the information |that a )?(in writing|written)|followed up in wr"
            "|written confirmation on"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="writing",
        text="On which form?",
        find=several(
            label("referral_form", "confirmation_form"),
            said("Referral Form|TAC form must|EHA Form|referral form\\."),
        ),
    ),
    Question(
        section="writing",
        text="What does it say?",
        find=said("confirmation repeats|most recent informat|confirm the information"),
    ),
    Question(
        section="consultation",
        text="Is advice or a consultation offered?",
        find=said(
            "advice request|straightforward advice|qualified social worker|may seek advice"
            "|police for a consultation|'Professional Consultation'|agency navigators|always offers"
            "|treated as an Initial Contact"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="consultation",
        text="What comes first?",
        find=said("safeguarding lead|senior member of staff|calls MASH and requests"),
    ),
    Question(
        section="consultation",
        text="Must the child be named?",
        find=said("not necessarily be named|need not.*named"),
    ),
    Question(
        section="consultation",
        text="What is its status?",
        find=said(
            "not treated as a referral|counts as a referral|'Ownership'|as a Contact"
            "|as an Initial Contact"
        ),
    ),
    Question(
        section="consultation",
        text="What should the person who asks do?",
        find=said(
            "^(Be clear about|Offer evidence|Outline what|Indicate what|Share ONLY|Be open"
            "|Make notes)"
        ),
    ),
    Question(
        section="consultation",
        text="What should the adviser do?",
        find=said("^(Seek clarification|Determine whether consent|Determine the appropriateness)"),
    ),
    Question(
        section="consultation",
        text="What is recorded or sent?",
        find=several(
            said(
                "records the discussion|information is recorded on the child's|letter "
                "(outlining|is not)|contact is closed|Every Initial Contact|summary of the conv"
            ),
            record("consultation"),
        ),
    ),
)
