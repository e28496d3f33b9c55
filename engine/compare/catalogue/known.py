"""Questions on what is known and asked: records, progression to a referral, information."""

from engine.compare.finding import label, said, several
from engine.compare.placing import options, who_asks
from engine.compare.questions import Measure, Question

_ITEM = ("data_item",)

QUESTIONS = (
    Question(
        section="records_check",
        text="When and where are records checked?",
        find=said(
            "existing records|checks? (Mosaic|the electronic)|records are checked|records check c"
            "|database checks|agency checks|^The checks establish"
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="records_check",
        text="Is the result of the check recorded?",
        find=said("result of the records check"),
        measure=Measure.DUTY,
    ),
    Question(
        section="records_check",
        text="What of new information about an open case?",
        find=said(
            "allocated (social )?worker|Open Cases|transferred to|relevant Principal|regarded as an"
            "|information is recorded on the electronic",
            flows=("contact", "recording"),
        ),
    ),
    Question(
        section="records_check",
        text="What of an open case with concerns of harm?",
        find=several(
            said(
                "key worker must|Strategy Discussion shou|strategy discussion should be initiated"
                "|Strategy Discussion is considered"
            ),
            said("Social Work Assessment|Single Assessment may be undertaken", flows=("strategy",)),
        ),
        measure=Measure.DUTY,
    ),
    Question(
        section="records_check",
        text="What of a child known before, with no open case?",
        find=said(
            "records are retrieved|retrieves the information|existing records|both groups"
            "|no current Children's Social Care"
        ),
    ),
    Question(
        section="records_check",
        text="What of a child with early help or a team around it?",
        find=said(
            "Lead Professional must|forms the basis of the referral|Early Help Assessment by"
            "|Early Help Assessment provides|assessment is updated"
        ),
    ),
    Question(
        section="records_check",
        text="Which states can a case have?",
        find=several(options("case_status"), said("^Case-status category")),
    ),
    Question(
        section="progression",
        text="When does a contact become a referral?",
        find=said(
            "progressed to a referral|may become a Referral|counts as a referral"
            "|not treated as a referral|forwarded to the relevant|passed to Children's Social Care "
            "or",
        ),
    ),
    Question(
        section="progression",
        text="Who decides that it becomes one?",
        find=who_asks("needs_more_than_advice", "consultation_becomes"),
    ),
    Question(
        section="progression",
        text="What happens to a contact that does not?",
        find=said(
            "contact is closed|straightforward advice|^Offer|remains with the agency|always offers",
            flows=("contact",),
        ),
    ),
    Question(
        section="progression",
        text="When should a referrer refer?",
        find=said(
            "Concerns are always referred|referral is made to MASH|making a referral to Children's"
            "|basis for deciding whether",
            flows=("referrer", "contact"),
        ),
    ),
    Question(
        section="progression",
        text="Against which thresholds is it judged?",
        find=several(
            label("thresholds"),
            said(
                "Thresholds? (Document|for Ch)|threshold for|Early Help Criteria"
                "|thresholds in|using the criteria"
            ),
        ),
    ),
    *(
        Question(
            section="information", text=f"Is it asked: {name}?", find=find, measure=Measure.ITEM
        )
        for name, find in (
            (
                "names and dates of birth of the children",
                said(
                    "full names|names, addresses and dates of birth|Record (name\\(s\\)\\."
                    "|date of birth|gender)",
                    kinds=_ITEM,
                ),
            ),
            ("address", said("address", kinds=_ITEM, but="significant adults")),
            ("telephone", said("telephone", kinds=_ITEM, but="significant adults")),
            ("school or nursery", said("school|nursery|early years", kinds=_ITEM)),
            ("parental responsibility", said("Parental Responsibility", kinds=_ITEM)),
            ("primary carer", said("primary carer", kinds=_ITEM)),
            ("household members", said("household members|adults living in", kinds=_ITEM)),
            ("other significant adults", said("significant adults", kinds=_ITEM)),
            (
                "ethnicity, language, religion or culture",
                said("ethnicity|first language|religion|cultural", kinds=_ITEM),
            ),
            ("nationality and immigration status", said("nationality|immigration", kinds=_ITEM)),
            (
                "special or additional needs",
                said("(special|additional) needs|known impairment", kinds=_ITEM),
            ),
            ("means of communication", said("communicate", kinds=_ITEM)),
            ("significant events", said("significant .*events", kinds=_ITEM)),
            (
                "cause for concern and allegations",
                said(
                    "cause for concern|nature of the concerns|how and why the concerns"
                    "|about abuse or neglect|reported direct",
                    kinds=_ITEM,
                ),
            ),
            (
                "the child’s location and condition",
                said("current location|whereabouts", kinds=_ITEM),
            ),
            (
                "need for immediate protection",
                said("immediate (protection|action)|urgent action", kinds=_ITEM),
            ),
            ("alleged perpetrator", said("perpetrator|convictions|suspected abuse", kinds=_ITEM)),
            (
                "the referrer’s relationship with the family",
                said("referrer's relationship", kinds=_ITEM),
            ),
            (
                "professionals and agencies involved",
                said("key professionals|other agencies|lead worker", kinds=_ITEM),
            ),
            (
                "what the parents know and agree to",
                said("parents' knowledge|who knows about|family's agreement"),
            ),
            (
                "whether the referrer’s identity may be shared",
                said(
                    "identity of the referrer can|whether the referrer consen|about a non-professi"
                ),
            ),
            ("domestic abuse", said("domestic (abuse|violence)", kinds=_ITEM)),
            ("parental mental ill health", said("mental ill", kinds=_ITEM)),
            ("substance misuse", said("substance misuse|drug", kinds=_ITEM)),
            ("learning difficulties", said("learning (difficulties|disability)", kinds=_ITEM)),
        )
    ),
    Question(
        section="information",
        text="How much of it is to be collected?",
        find=said(
            "listed (items|matters) (of information|with)|as much (information|of the)"
            "|full information about"
        ),
    ),
)
