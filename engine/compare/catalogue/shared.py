"""Questions on what may be shared: with and without parents, and on the referrer."""

from engine.compare.finding import said, several
from engine.compare.placing import asked, who_asks
from engine.compare.questions import Measure, Question

QUESTIONS = (
    Question(
        section="consent",
        text="What are parents asked or told before information is shared?",
        find=said(
            "consent of the parents|consent is usually|family's agreement|with the family \\("
            "|agreement \\(|usually informed|normally informed|Parents are informed that"
            "|are consulted|discussed with the (child|parents)|agreement to the sharing",
            but="^Support",
        ),
        measure=Measure.SECRECY,
    ),
    Question(
        section="consent",
        text="When may it be shared or referred without them?",
        find=said(
            "not a precondition|without parental|without discussion|Agreement should not"
            "|discussion with child and parents|without consent|six listed other|^Consider (issues"
            "|the (risk|likelihood|possibility)|detection)|justified in the public",
            flows=("referrer", "confidentiality"),
        ),
    ),
    Question(
        section="consent",
        text="Who authorises going ahead without them?",
        find=several(
            who_asks(
                "override_reasons",
                "agencies_to_speak_to",
                "sharing_decided_by",
                "consultation_permission",
            ),
            said(
                "without parental|suitable skills|senior or designated|not seeking, or overriding",
                kinds=("authorisation", "decision"),
            ),
        ),
        measure=Measure.AUTHORISER,
    ),
    Question(
        section="consent",
        text="What is recorded when it is?",
        find=said(
            "authorisation is recorded|decision must be (properly|fully)|record of the decision"
            "|^Record (what|with whom|for what)"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="consent",
        text="Is the source of the referral disclosed to the family?",
        find=said("source of the referral is disclosed|source is not disclosed"),
        measure=Measure.SECRECY,
    ),
    Question(
        section="consent",
        text="What are they asked on the form?",
        find=asked(
            "parents_consent",
            "parents_informed",
            "informing_increases_risk",
            "referral_informing_increases_risk",
        ),
    ),
    Question(
        section="confidentiality",
        text="May the identity of a member of the public be disclosed?",
        find=said(
            "about a non-professional|source is not disclosed|disclosed to third part"
            "|agree anonymity"
        ),
        measure=Measure.SECRECY,
    ),
    Question(
        section="confidentiality",
        text="May the identity of a professional be disclosed?",
        find=said(
            "where the referral came from|may withhold the source|refusing consent|agree anonymity"
        ),
    ),
    Question(
        section="confidentiality",
        text="Is the referrer asked?",
        find=several(
            said("identity of the referrer can|whether the referrer consents"),
            asked("referrer_identity_may_be_shared"),
        ),
        measure=Measure.ITEM,
    ),
    Question(
        section="confidentiality",
        text="How is information of the hub treated?",
        find=said(
            "in MASH is handled|outside MASH|Information shared is always|false reassurance"
            "|letter is not sent"
        ),
        measure=Measure.SECRECY,
    ),
    Question(
        section="confidentiality",
        text="What must never be done?",
        find=said(strengths=("must_not",)),
        measure=Measure.SECRECY,
    ),
)
